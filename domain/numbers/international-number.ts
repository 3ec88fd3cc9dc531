import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** A stored number in international format, "+86 138 0013 8000"; a text that cannot be parsed stays as it is. */
export const internationalNumber = (e164: string): string =>
  parsePhoneNumberFromString(e164)?.formatInternational() ?? e164

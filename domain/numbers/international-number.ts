import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** A stored number as people read it, "+86 138 0013 8000"; what cannot be read stays as it is. */
export const internationalNumber = (e164: string): string => parsePhoneNumberFromString(e164)?.formatInternational() ?? e164

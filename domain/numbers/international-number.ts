import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** Numbers of the customers that were last looked at: their records are read again with every change, and making one costs as much as reading ten rows. */
const KEPT = 2000
const made = new Map<string, string>()

/** A stored number as people read it, "+86 138 0013 8000"; what cannot be read stays as it is. */
export function internationalNumber(e164: string): string {
  const known = made.get(e164)
  if (known !== undefined) return known
  const shown = parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
  for (const [oldest] of made) {
    if (made.size < KEPT) break
    made.delete(oldest)
  }
  made.set(e164, shown)
  return shown
}

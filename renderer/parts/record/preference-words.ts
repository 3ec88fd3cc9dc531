import type { CustomerRecord } from '../../../protocol/record.ts'
import type { Say } from '../../i18n/use-words.ts'
import { words } from '../../i18n/words.ts'

/** The order in which preferences are said; a guest's room and seat before the form of the invoice. */
const hotelFirst = ['floor', 'room', 'seat', 'meal', 'drink']

type KnownKey = keyof typeof words.en.record.preferenceKey

/** A preference's key in words; a site's own word stays as it is. */
export const preferenceKeyWord = (key: string, say: Say): string =>
  key in words.en.record.preferenceKey ? say(`record/preferenceKey/${key as KnownKey}`) : key

/** The preferences in one line: "quiet, high floor · window table · vegetarian". */
export function preferenceLine(record: CustomerRecord, say: Say): string {
  const rank = (key: string): number => {
    const place = hotelFirst.indexOf(key)
    return place === -1 ? hotelFirst.length : place
  }
  // What somebody at an organisation likes is theirs; what the organisation wants counts for who calls for it.
  const meant = record.preferences.filter((p) => p.customerId === record.customer.id || p.customerId === record.organisation?.id)
  const ordered = record.customer.profile === 'hotel' ? meant.toSorted((a, b) => rank(a.key) - rank(b.key)) : meant
  return ordered.slice(0, 5).map((p) => (record.customer.profile === 'hotel' ? p.value : say('record/preference', { key: preferenceKeyWord(p.key, say), value: p.value }))).join(' · ')
}

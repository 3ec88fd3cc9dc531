import type { Preference } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import type { ScreenLanguage } from '../../i18n/formats.ts'
import type { Say } from '../../i18n/use-words.ts'
import { words } from '../../i18n/words.ts'
import { whoseName } from './Whose.tsx'

/** The preferences that come first: a hotel guest's room and seat before, for example, the form of the invoice. */
const hotelFirst = ['floor', 'room', 'seat', 'meal', 'drink']

type KnownKey = keyof typeof words.en.record.preferenceKey

/** A preference's key in words; a key that only the site uses stays as it is. */
export const preferenceKeyWord = (key: string, say: Say): string =>
  key in words.en.record.preferenceKey ? say(`record/preferenceKey/${key as KnownKey}`) : key

/**
 * The preferences in one line: "quiet, high floor · window table · vegetarian"; for an organisation also those of its
 * people, with their names.
 */
export function preferenceLine(record: CustomerRecord, say: Say, language: ScreenLanguage): string {
  const hotel = record.customer.profile === 'hotel'
  const rank = ({ key }: Preference): number => {
    const place = hotelFirst.indexOf(key)
    return place === -1 ? hotelFirst.length : place
  }
  // The organisation's preferences also count for a person who calls for it. Those of other people there are their own,
  // and come after.
  const isMeant = ({ customerId }: Preference) =>
    customerId === record.customer.id || customerId === record.organisation?.id
  const held = record.preferences.filter(({ retiredAt }) => retiredAt === null)
  const meant = held.filter(isMeant)
  const ordered = [...(hotel ? meant.toSorted((a, b) => rank(a) - rank(b)) : meant), ...held.filter((p) => !isMeant(p))]
  return ordered
    .slice(0, 5)
    .map((p) => {
      const preference = hotel
        ? p.value
        : say('record/preference', { key: preferenceKeyWord(p.key, say), value: p.value })
      const name = isMeant(p) ? '' : whoseName(record, p.customerId, language)
      return name === '' ? preference : say('record/preferenceOf', { preference, name })
    })
    .join(' · ')
}

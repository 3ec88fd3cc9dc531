import type { PersonName } from '../../../protocol/record.ts'
import type { ScreenLanguage } from '../../i18n/formats.ts'
import type { z } from 'zod'
import { isolated } from '../../i18n/isolated.ts'
import type { Words } from '../../i18n/use-words.ts'

type Person = z.infer<typeof PersonName>

/** A colleague's name in the language of the screen; empty where the id names no colleague. */
export function personName(people: readonly Person[], userId: string | null, language: ScreenLanguage): string {
  const person = people.find((p) => p.userId === userId)
  if (!person) return ''
  return isolated(language === 'zh' ? (person.nativeName ?? person.displayName) : person.displayName)
}

/** Says who last changed a row and when: "Last changed by Zhao Qiang, 10:42"; '' where nobody has changed it. */
export function changedWords(
  { changedBy, changedAt }: { readonly changedBy: string | null; readonly changedAt: number | null },
  people: readonly Person[],
  now: number,
  { say, formats, language }: Words,
): string {
  if (changedAt === null) return ''
  return say('record/edit/changed', {
    who: [personName(people, changedBy, language), formats.moment(changedAt, now)].filter(Boolean).join(', '),
  })
}

import type { PersonName } from '../../../protocol/record.ts'
import type { ScreenLanguage } from '../../i18n/formats.ts'
import type { z } from 'zod'
import { isolated } from '../../i18n/isolated.ts'

type Person = z.infer<typeof PersonName>

/** A colleague's name in the language of the screen; empty where the id names no colleague. */
export function personName(people: readonly Person[], userId: string | null, language: ScreenLanguage): string {
  const person = people.find((p) => p.userId === userId)
  if (!person) return ''
  return isolated(language === 'zh' ? (person.nativeName ?? person.displayName) : person.displayName)
}

import { typedFields, type TypedField } from '../../../domain/commands/typed-fields.ts'
import type { UnsentItem } from '../../../protocol/workstation.ts'
import type { Words } from '../../i18n/use-words.ts'

/** A value that somebody typed, as it stands in a field; amounts in `currency`. */
export function textOf({ kind, value }: Pick<TypedField, 'kind' | 'value'>, { formats }: Words, currency: string): string {
  if (value === null) return ''
  if (kind === 'amount') return formats.moneyPlain(Number(value), currency)
  if (kind === 'instant') return formats.exact(Number(value))
  return String(value)
}

/** What was typed into a command, in one line; what it is about stands beside it, and choices have words of their own elsewhere. */
export const typedWords = ({ name, args }: UnsentItem, words: Words, currency: string): string =>
  typedFields(name, args).map((field) => (field.kind === 'count' ? `${field.value} ×` : textOf(field, words, currency))).filter((text) => text !== '').join(' · ').replaceAll('× · ', '× ')

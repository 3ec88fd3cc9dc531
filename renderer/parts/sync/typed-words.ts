import { typedFields, type TypedField } from '../../../domain/commands/typed-fields.ts'
import type { UnsentItem } from '../../../protocol/workstation.ts'
import type { Words } from '../../i18n/use-words.ts'

/** A value that a user typed, as text for its field; amounts are in `currency`. */
export function textOf(
  { kind, value }: Pick<TypedField, 'kind' | 'value'>,
  { formats }: Words,
  currency: string,
): string {
  if (value === null) return ''
  if (kind === 'amount') return formats.moneyPlain(Number(value), currency)
  if (kind === 'instant') return formats.exact(Number(value))
  return String(value)
}

/**
 * What was typed into a command, in one line. The customer is named beside it, and choices are put into words
 * elsewhere.
 */
export const typedWords = ({ name, args }: UnsentItem, words: Words, currency: string): string =>
  typedFields(name, args)
    .map((field) => (field.kind === 'count' ? `${field.value} ×` : textOf(field, words, currency)))
    .filter((text) => text !== '')
    .join(' · ')
    .replaceAll('× · ', '× ')

import { plainCharacters } from '../../domain/plain-characters.ts'
import type { EntityName } from '../../protocol/entities.ts'
import type { SqlValue } from '../handles.ts'
import type { AnyRow } from './any-row.ts'

/** The values of a table's derived columns, in their order. */
export function derivedColumns(entity: EntityName, row: AnyRow): SqlValue[] {
  if (entity !== 'contactPoint') return []
  const digits = numberDigits(row)
  // A number that cannot be parsed is still found by its last digits.
  return [nationalDigits(row), digits ? reversed(digits) : null]
}

/** The digits of a national key "CN:13800138000"; without one, those of the E.164 number. */
function nationalDigits(row: AnyRow): string | null {
  const key = (row['nationalKey'] ?? row['e164']) as string | null | undefined
  if (!key) return null
  const digits = key.slice(key.indexOf(':') + 1).replaceAll(/\D/g, '')
  return digits === '' ? null : digits
}

/**
 * The digits by which people know a phone number: the national ones, or the digits as written where the text is not a
 * valid number.
 */
export const numberDigits = (row: AnyRow): string | null =>
  row['kind'] === 'phone' ? (nationalDigits(row) ?? plainCharacters(row['raw'] as string).replaceAll(/\D/g, '')) : null

export const reversed = (digits: string) => digits.split('').toReversed().join('')

/**
 * The value with all its texts made fit for PostgreSQL, which accepts neither the character NUL nor half of a surrogate
 * pair. Nobody types these. They come from a paste or a damaged file, and a note must not be refused because of one.
 */
export const storable = <T>(value: T): T => cleaned(value) as T

function cleaned(value: unknown): unknown {
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed() ? value.replaceAll('\0', '').toWellFormed() : value
  if (Array.isArray(value)) return value.map(cleaned)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleaned(item)]))
}

import { readAmount, readQuantity } from '../../../domain/money/read-amount.ts'

/** Reads a typed price as minor units of its currency; null where the text is no price. */
export function parseAmount(typed: string, currency: string): number | null {
  const read = readAmount(typed, currency)
  return read.ok ? read.value : null
}

/** Reads a typed quantity, at least one; null where the text is no quantity. */
export function parseQuantity(typed: string): number | null {
  const read = readQuantity(typed)
  return read.ok ? read.value : null
}

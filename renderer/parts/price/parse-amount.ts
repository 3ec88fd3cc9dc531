import { readAmount, readQuantity } from '../../../domain/money/read-amount.ts'

/** A typed price as minor units of its currency; null where it is none. */
export function parseAmount(typed: string, currency: string): number | null {
  const read = readAmount(typed, currency)
  return read.ok ? read.value : null
}

/** A typed quantity, at least one; null where it is none. */
export function parseQuantity(typed: string): number | null {
  const read = readQuantity(typed)
  return read.ok ? read.value : null
}

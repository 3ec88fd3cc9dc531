import type { AnyRow } from './any-row.ts'

export const insertOpenPrice = 'INSERT OR REPLACE INTO "openPrice" ("productId", "quoteId", "customerId") VALUES (?, ?, ?)'

/** Products that a live quote names a price for: what colleagues have open. Empty for a quote that is answered or replaced. */
export function openPrices(quote: AnyRow): [productId: string, quoteId: string, customerId: string][] {
  if (quote['status'] !== 'issued') return []
  const lines = quote['lines'] as { productId: string }[]
  return lines.map((line) => [line.productId, quote['id'] as string, quote['customerId'] as string])
}

import { isOpenQuote } from '../../domain/price-guard.ts'
import type { Quote } from '../../protocol/entities.ts'
import type { AnyRow } from './any-row.ts'

export const insertOpenPrice =
  'INSERT OR REPLACE INTO "openPrice" ("productId", "quoteId", "customerId") VALUES (?, ?, ?)'

/**
 * The products for which an open quote names a price, so that colleagues see it. Empty for a quote that is answered or
 * replaced, or that waits for approval.
 */
export function openPrices(quote: AnyRow): [productId: string, quoteId: string, customerId: string][] {
  if (!isOpenQuote(quote as Pick<Quote, 'status' | 'approval'>)) return []
  const lines = quote['lines'] as { productId: string }[]
  return lines.map((line) => [line.productId, quote['id'] as string, quote['customerId'] as string])
}

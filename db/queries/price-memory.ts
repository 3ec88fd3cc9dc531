import { toldIn } from '../../domain/price-guard.ts'
import type { PriceMemory } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ReadableDb } from '../handles.ts'
import { readRow } from '../rows/store.ts'
import { toldTogether } from './one-buyer.ts'
import { personNames } from './people.ts'
import { lastTold, ordersOfPrice, quotesOfPrice, TOLD_AT_MOST, waitingPrices } from './told-prices.ts'

/**
 * Reads the earlier prices of a product: those that agents told this customer, their organisation or its people
 * (`one-buyer.ts`), and the open quotes of colleagues to other customers. It always includes the price with which the
 * price guard compares a new one, even if many were told since. Returns null if the product does not exist.
 */
export function priceMemory(
  db: ReadableDb,
  customerId: CustomerId,
  productId: string,
  now: number,
): PriceMemory | null {
  const product = readRow(db, 'product', productId)
  if (!product) return null
  const buyer = toldTogether(db, customerId)
  const held = lastTold(db, customerId, productId, buyer)
  const newest = quotesOfPrice(db, buyer, productId)
  const told =
    held === null || newest.some(({ id }) => id === held.id) ? newest : [...newest.slice(0, TOLD_AT_MOST - 1), held]
  const toldBefore = told.flatMap((quote) => {
    const price = toldIn(quote, productId)
    const { displayName, nativeName } = buyer.find(({ id }) => id === quote.customerId)!
    return price
      ? [
          {
            quoteId: quote.id,
            number: quote.number,
            at: quote.issuedAt,
            by: quote.issuedBy,
            ...price,
            status: quote.status,
            to: quote.customerId === customerId ? null : { displayName, nativeName },
          },
        ]
      : []
  })
  const open = db.all<{ quoteId: string; customerName: string }>(
    `SELECT p."quoteId", c."displayName" AS "customerName" FROM "openPrice" p JOIN "customer" c ON c."id" = p."customerId"
     WHERE p."productId" = ? AND p."customerId" NOT IN (SELECT "value" FROM json_each(?)) ORDER BY p."quoteId" DESC LIMIT 100`,
    productId,
    JSON.stringify(buyer.map(({ id }) => id)),
  )
  const openWithColleagues = open
    .flatMap(({ quoteId, customerName }) => {
      const quote = readRow(db, 'quote', quoteId)
      const price = quote && toldIn(quote, productId)
      return quote && price && quote.validUntil >= now
        ? [{ quoteId, customerId: quote.customerId, customerName, at: quote.issuedAt, by: quote.issuedBy, ...price }]
        : []
    })
    .slice(0, TOLD_AT_MOST)
  const waiting = waitingPrices(db, buyer, productId).flatMap((quote) => {
    const price = toldIn(quote, productId)
    return price ? [{ quoteId: quote.id, at: quote.issuedAt, by: quote.issuedBy, ...price }] : []
  })
  const paidBefore = ordersOfPrice(db, buyer, productId)
    .flatMap((order) => {
      const prices = new Set(order.lines.filter((l) => l.productId === productId).map((l) => l.unitPriceMinor))
      return [...prices].map((unitPriceMinor) => ({
        orderId: order.id,
        at: order.placedAt,
        unitPriceMinor,
        currency: order.currency,
      }))
    })
    .slice(0, TOLD_AT_MOST)
  return {
    productId,
    currency: product.currency,
    listPriceMinor: product.listPriceMinor,
    floorPriceMinor: product.floorPriceMinor,
    toldBefore,
    heldAgainst: held && { quoteId: held.id, ...toldIn(held, productId)! },
    openWithColleagues,
    waiting,
    paidBefore,
    people: personNames(
      db,
      [...toldBefore, ...openWithColleagues, ...waiting].map((told) => told.by),
    ),
  }
}

import type { PriceMemory } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ReadableDb } from '../handles.ts'
import { readOfCustomer, readRow } from '../rows/store.ts'
import { toldTogether } from './one-buyer.ts'
import { personNames } from './people.ts'

const TOLD = 20
const PAID = 10
/** Orders looked through for what was paid: years of them, for most customers. */
const ORDERS_LOOKED_AT = 200

/** What was said about a product's price: to this buyer (`one-buyer.ts`), and by colleagues to others whose quote is still open. Null: no such product. */
export function priceMemory(db: ReadableDb, customerId: CustomerId, productId: string, now: number): PriceMemory | null {
  const product = readRow(db, 'product', productId)
  if (!product) return null
  const lineOf = <L extends { productId: string | null }>(lines: readonly L[]) => lines.find((line) => line.productId === productId)
  const buyer = toldTogether(db, customerId)
  const toldBefore = buyer.flatMap(({ id, displayName, nativeName }) => readOfCustomer(db, 'quote', id).flatMap((quote) => {
    const line = lineOf(quote.lines)
    return line
      ? [{
          quoteId: quote.id, number: quote.number, at: quote.issuedAt, by: quote.issuedBy, unitPriceMinor: line.unitPriceMinor, currency: quote.currency, status: quote.status,
          to: id === customerId ? null : { displayName, nativeName },
        }]
      : []
  })).toSorted((a, b) => b.at - a.at).slice(0, TOLD)
  const open = db.all<{ quoteId: string; customerName: string }>(
    `SELECT p."quoteId", c."displayName" AS "customerName" FROM "openPrice" p JOIN "customer" c ON c."id" = p."customerId"
     WHERE p."productId" = ? AND p."customerId" NOT IN (SELECT "value" FROM json_each(?)) ORDER BY p."quoteId" DESC LIMIT 100`, productId, JSON.stringify(buyer.map(({ id }) => id)))
  const openWithColleagues = open.flatMap(({ quoteId, customerName }) => {
    const quote = readRow(db, 'quote', quoteId)
    const line = quote && lineOf(quote.lines)
    return quote && line && quote.validUntil >= now
      ? [{ quoteId, customerId: quote.customerId, customerName, at: quote.issuedAt, by: quote.issuedBy, unitPriceMinor: line.unitPriceMinor, currency: quote.currency }]
      : []
  }).slice(0, TOLD)
  const paidBefore = buyer.flatMap(({ id }) => readOfCustomer(db, 'order', id, ORDERS_LOOKED_AT)).flatMap((order) => {
    const line = order.status === 'cancelled' ? undefined : lineOf(order.lines)
    return line ? [{ orderId: order.id, at: order.placedAt, unitPriceMinor: line.unitPriceMinor, currency: order.currency }] : []
  }).toSorted((a, b) => b.at - a.at).slice(0, PAID)
  return {
    productId, currency: product.currency, listPriceMinor: product.listPriceMinor, floorPriceMinor: product.floorPriceMinor,
    toldBefore, openWithColleagues, paidBefore,
    people: personNames(db, [...toldBefore, ...openWithColleagues].map((told) => told.by)),
  }
}

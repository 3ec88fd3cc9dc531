import { neverTold, saysNothing } from '../../domain/price-guard.ts'
import type { Order, Quote } from '../../protocol/entities.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ReadableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { codecs, decodeRow } from '../rows/codec.ts'
import { toldTogether } from './one-buyer.ts'

/** Quotes of a price that the price memory goes back to: the screen shows the newest few, and what a price is held against in any case. */
export const TOLD_AT_MOST = 20
const PAID_AT_MOST = 10

/** The newest quotes that told one of these a product's price: what waits for approval was told nobody. */
export const quotesOfPrice = (db: ReadableDb, buyer: readonly { readonly id: CustomerId }[], productId: string): Quote[] =>
  db.all<AnyRow>(newestSql, idsOf(buyer), productId, productId, JSON.stringify(neverTold)).map((stored) => decodeRow('quote', stored))

/** Prices of the product for one of these that wait for approval, the newest first. */
export const waitingPrices = (db: ReadableDb, buyer: readonly { readonly id: CustomerId }[], productId: string): Quote[] =>
  db.all<AnyRow>(waitingSql, idsOf(buyer), productId, productId).map((stored) => decodeRow('quote', stored))

/** The newest of them that still says something: what a price is held against, on the screen and in the rule (ADR 7). */
export function lastTold(db: ReadableDb, customerId: CustomerId, productId: string, buyer: readonly { readonly id: CustomerId }[] = toldTogether(db, customerId)): Quote | null {
  const stored = db.get<AnyRow>(lastSql, idsOf(buyer), productId, productId, JSON.stringify(neverTold), JSON.stringify(saysNothing))
  return stored ? decodeRow('quote', stored) : null
}

/** The newest orders in which they bought the product. */
export const ordersOfPrice = (db: ReadableDb, buyer: readonly { readonly id: CustomerId }[], productId: string): Order[] =>
  db.all<AnyRow>(paidSql, idsOf(buyer), productId, productId).map((stored) => decodeRow('order', stored))

const idsOf = (buyer: readonly { readonly id: CustomerId }[]): string => JSON.stringify(buyer.map(({ id }) => id))

/** The buyer's rows of this table with a line of the product. The id is sought in the lines' text first: reading JSON of every row would take longer than all the rest. */
const withLine = (entity: 'quote' | 'order'): string =>
  `SELECT ${codecs[entity].select} FROM "${entity}" WHERE "customerId" IN (SELECT "value" FROM json_each(?)) AND instr("lines", ?) > 0
   AND EXISTS (SELECT 1 FROM json_each("${entity}"."lines") l WHERE json_extract(l."value", '$.productId') = ?)`
const toldSql = `${withLine('quote')} AND "approval" NOT IN (SELECT "value" FROM json_each(?))`
const newestSql = `${toldSql} ORDER BY "issuedAt" DESC, "id" DESC LIMIT ${TOLD_AT_MOST}`
const lastSql = `${toldSql} AND "status" NOT IN (SELECT "value" FROM json_each(?)) ORDER BY "issuedAt" DESC, "id" DESC LIMIT 1`
const waitingSql = `${withLine('quote')} AND "approval" = 'needed' AND "status" = 'issued' ORDER BY "issuedAt" DESC, "id" DESC LIMIT ${TOLD_AT_MOST}`
const paidSql = `${withLine('order')} AND "status" <> 'cancelled' ORDER BY "placedAt" DESC, "id" DESC LIMIT ${PAID_AT_MOST}`

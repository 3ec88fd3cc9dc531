import { neverTold, saysNothing } from '../../domain/price-guard.ts'
import type { Order, Quote } from '../../protocol/entities.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ReadableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { codecs, decodeRow } from '../rows/codec.ts'
import { toldTogether } from './one-buyer.ts'

/**
 * How many quotes of a price the price memory reads. The screen shows the newest few, and in any case the one with
 * which a new price is compared.
 */
export const TOLD_AT_MOST = 20
const PAID_AT_MOST = 10

/**
 * The newest quotes that told one of these customers a product's price. A price that waits for approval was told to
 * nobody.
 */
export const quotesOfPrice = (
  db: ReadableDb,
  buyer: readonly { readonly id: CustomerId }[],
  productId: string,
): Quote[] =>
  db
    .all<AnyRow>(newestSql, idsOf(buyer), productId, productId, JSON.stringify(neverTold))
    .map((stored) => decodeRow('quote', stored))

/** The prices of the product for one of these customers that wait for approval, the newest first. */
export const waitingPrices = (
  db: ReadableDb,
  buyer: readonly { readonly id: CustomerId }[],
  productId: string,
): Quote[] => db.all<AnyRow>(waitingSql, idsOf(buyer), productId, productId).map((stored) => decodeRow('quote', stored))

/**
 * The newest of these quotes that still counts. A new price is compared with it, on the screen and in the command's
 * rule (ADR 7).
 */
export function lastTold(
  db: ReadableDb,
  customerId: CustomerId,
  productId: string,
  buyer: readonly { readonly id: CustomerId }[] = toldTogether(db, customerId),
): Quote | null {
  const stored = db.get<AnyRow>(
    lastSql,
    idsOf(buyer),
    productId,
    productId,
    JSON.stringify(neverTold),
    JSON.stringify(saysNothing),
  )
  return stored ? decodeRow('quote', stored) : null
}

/** The newest orders in which these customers bought the product. */
export const ordersOfPrice = (
  db: ReadableDb,
  buyer: readonly { readonly id: CustomerId }[],
  productId: string,
): Order[] => db.all<AnyRow>(paidSql, idsOf(buyer), productId, productId).map((stored) => decodeRow('order', stored))

const idsOf = (buyer: readonly { readonly id: CustomerId }[]): string => JSON.stringify(buyer.map(({ id }) => id))

/**
 * The buyer's rows of this table that have a line of the product. The id is first searched in the text of the lines:
 * parsing the JSON of every row would take longer than everything else together.
 */
const withLine = (entity: 'quote' | 'order'): string =>
  `SELECT ${codecs[entity].select} FROM "${entity}" WHERE "customerId" IN (SELECT "value" FROM json_each(?)) AND instr("lines", ?) > 0
   AND EXISTS (SELECT 1 FROM json_each("${entity}"."lines") l WHERE json_extract(l."value", '$.productId') = ?)`
const toldSql = `${withLine('quote')} AND "approval" NOT IN (SELECT "value" FROM json_each(?))`
const newestSql = `${toldSql} ORDER BY "issuedAt" DESC, "id" DESC LIMIT ${TOLD_AT_MOST}`
const lastSql = `${toldSql} AND "status" NOT IN (SELECT "value" FROM json_each(?)) ORDER BY "issuedAt" DESC, "id" DESC LIMIT 1`
const waitingSql = `${withLine('quote')} AND "approval" = 'needed' AND "status" = 'issued' ORDER BY "issuedAt" DESC, "id" DESC LIMIT ${TOLD_AT_MOST}`
const paidSql = `${withLine('order')} AND "status" <> 'cancelled' ORDER BY "placedAt" DESC, "id" DESC LIMIT ${PAID_AT_MOST}`

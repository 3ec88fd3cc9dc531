import type { UserId } from '../../protocol/scalars.ts'
import type { ApprovalItem } from '../../protocol/workstation.ts'
import type { ReadableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { codecs, decodeRow } from '../rows/codec.ts'
import { isUnseenDecision, isWaitingPrice } from '../schema/cache-schema.ts'
import { customerBrief, personNames } from './people.ts'
import { productNames } from './product-names.ts'

const SHOWN_AT_MOST = 200

/** In the same words as the partial index, so that SQLite uses the index. */
export const IS_WAITING = isWaitingPrice

/** The prices that wait for a decision, except those that this user asked for; the longest waiting first. */
export const waitingApprovals = (db: ReadableDb, userId: UserId): ApprovalItem[] =>
  itemsOf(db, `WHERE ${isWaitingPrice} AND "issuedBy" <> ? ORDER BY "issuedAt", "id"`, userId)

/** The decisions about prices that the user asked for and has not seen yet, the newest first. */
export const decidedApprovals = (db: ReadableDb, userId: UserId): ApprovalItem[] =>
  itemsOf(db, `WHERE ${isUnseenDecision} AND "issuedBy" = ? ORDER BY "decidedAt" DESC, "id"`, userId)

function itemsOf(db: ReadableDb, where: string, userId: UserId): ApprovalItem[] {
  return db
    .all<AnyRow>(`SELECT ${codecs.quote.select} FROM "quote" ${where} LIMIT ${SHOWN_AT_MOST}`, userId)
    .flatMap((row) => {
      const quote = decodeRow('quote', row)
      const customer = customerBrief(db, quote.customerId)
      if (!customer) return []
      const names = personNames(db, [quote.issuedBy, quote.decidedBy])
      const named = (id: UserId | null) => names.find((name) => name.userId === id) ?? null
      return [
        {
          quote,
          customer,
          asker: named(quote.issuedBy),
          decider: named(quote.decidedBy),
          products: productNames(db, [quote]),
        },
      ]
    })
}

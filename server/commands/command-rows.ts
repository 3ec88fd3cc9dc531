import type { CustomerEntity, RowRef, Rows } from '../../domain/commands/define.ts'
import type { EntityName, Quote, Row } from '../../protocol/entities.ts'
import { mayHave } from '../auth/visible.ts'
import type { CommandTransaction } from './command-store.ts'
import { idInUse } from './row-check.ts'

const SERIALIZATION_FAILURE = '40001'

/** Rows read for a command and locked until it is committed. */
export interface LockedRows extends Rows {
  /** Whether this row was read, and so is locked. */
  holds(entity: EntityName, id: string): boolean
  /**
   * The row that is written over, null for a new one. Throws a refusal where there is a row that the rule has not seen:
   * a command makes rows under ids of its own and never takes over somebody else's.
   */
  toReplace<E extends EntityName>(entity: E, id: string): Promise<Row<E> | null>
}

/**
 * Reads what a rule names, as far as somebody with these scopes may have it; the rest is not there for them. Always in
 * the same order, so that two commands seldom wait for each other in a circle.
 */
export async function readLocked(transaction: CommandTransaction, refs: readonly RowRef[], scopes: readonly string[]): Promise<LockedRows> {
  const byId = new Map<string, Row<EntityName> | null>()
  const byCustomer = new Map<string, Row<EntityName>[]>()
  const told = new Map<string, Quote | null>()
  const key = (entity: EntityName, id: string) => `${entity} ${id.toLowerCase()}`
  const toldKey = (customerId: string, productId: string) => `quote ${customerId.toLowerCase()} told ${productId.toLowerCase()}`
  const refKey = (ref: RowRef) =>
    'id' in ref ? key(ref.entity, ref.id) : 'toldTo' in ref ? toldKey(ref.toldTo, ref.productId) : `${key(ref.entity, ref.customerId)} all`

  const read = async (entity: EntityName, id: string) => {
    const row = await transaction.row(entity, id, true)
    byId.set(key(entity, id), row && mayHave(scopes, row.scope) ? row : null)
  }
  for (const ref of [...refs].toSorted((a, b) => (refKey(a) < refKey(b) ? -1 : 1))) {
    if ('id' in ref) {
      if (!byId.has(refKey(ref))) await read(ref.entity, ref.id)
    } else if ('toldTo' in ref) {
      // Not locked: who tells a price has locked the customer and the organisation first, which come before it in this order.
      told.set(refKey(ref), await transaction.lastTold(ref.toldTo, ref.productId.toLowerCase(), scopes))
    } else if (!byCustomer.has(refKey(ref))) {
      const rows = (await transaction.rowsOfCustomer(ref.entity, ref.customerId, true)).filter((row) => mayHave(scopes, row.scope))
      byCustomer.set(refKey(ref), rows)
      for (const row of rows) byId.set(key(ref.entity, row.id), row)
    }
  }
  return {
    get: <E extends EntityName>(entity: E, id: string) => {
      const row = byId.get(key(entity, id))
      if (row === undefined) throw new Error(`The rule asks for a ${entity} that it did not name`)
      return row as Row<E> | null
    },
    ofCustomer: <E extends CustomerEntity>(entity: E, customerId: string) => {
      const rows = byCustomer.get(`${key(entity, customerId)} all`)
      if (rows === undefined) throw new Error(`The rule asks for the ${entity} rows of a customer that it did not name`)
      return rows as unknown as readonly Row<E>[]
    },
    lastTold: (customerId, productId) => {
      const quote = told.get(toldKey(customerId, productId))
      if (quote === undefined) throw new Error('The rule asks for a told price that it did not name')
      return quote
    },
    holds: (entity, id) => (byId.get(key(entity, id)) ?? null) !== null,
    toReplace: async <E extends EntityName>(entity: E, id: string) => {
      const known = byId.get(key(entity, id))
      if (known) return known as Row<E>
      const there = await transaction.row(entity, id)
      if (!there) return null
      // Named, and made by somebody else between the reading and now: the rule has to run again.
      if (known === null && mayHave(scopes, there.scope)) throw Object.assign(new Error(`A ${entity} was made meanwhile`), { code: SERIALIZATION_FAILURE })
      throw idInUse(entity)
    },
  }
}

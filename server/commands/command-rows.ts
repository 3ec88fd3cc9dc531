import type { CustomerEntity, RowRef, Rows } from '../../domain/commands/define.ts'
import type { EntityName, Quote, Row } from '../../protocol/entities.ts'
import { mayHave } from '../auth/visible.ts'
import type { CommandTransaction } from './command-store.ts'
import { idInUse } from './row-check.ts'

const SERIALIZATION_FAILURE = '40001'

/** Rows that were read for a command, locked until it is committed. */
export interface LockedRows extends Rows {
  /** Whether this row was read and exists, and therefore is locked. */
  holds(entity: EntityName, id: string): boolean
  /**
   * The row that a write replaces; null where the row is new. Throws a `RefusalError` where a row exists that the rule
   * has not seen: a command gives its new rows ids of its own and never takes over another command's row.
   */
  toReplace<E extends EntityName>(entity: E, id: string): Promise<Row<E> | null>
}

/**
 * Reads the rows that a rule names. A row that these scopes do not allow counts as not there. Rows are locked in one
 * fixed order, so that two commands seldom block each other in a circle.
 */
export async function readLocked(
  transaction: CommandTransaction,
  refs: readonly RowRef[],
  scopes: readonly string[],
): Promise<LockedRows> {
  const byId = new Map<string, Row<EntityName> | null>()
  const byCustomer = new Map<string, Row<EntityName>[]>()
  const told = new Map<string, Quote | null>()
  const key = (entity: EntityName, id: string) => `${entity} ${id.toLowerCase()}`
  const toldKey = (customerId: string, productId: string) =>
    `quote ${customerId.toLowerCase()} told ${productId.toLowerCase()}`
  const refKey = (ref: RowRef) =>
    'id' in ref
      ? key(ref.entity, ref.id)
      : 'toldTo' in ref
        ? toldKey(ref.toldTo, ref.productId)
        : `${key(ref.entity, ref.customerId)} all`

  const read = async (entity: EntityName, id: string) => {
    const row = await transaction.row(entity, id, true)
    byId.set(key(entity, id), row && mayHave(scopes, row.scope) ? row : null)
  }
  for (const ref of [...refs].toSorted((a, b) => (refKey(a) < refKey(b) ? -1 : 1))) {
    if ('id' in ref) {
      if (!byId.has(refKey(ref))) await read(ref.entity, ref.id)
    } else if ('toldTo' in ref) {
      // Not locked: a command that tells a price has already locked the customer and the organisation, which come
      // before this in the order.
      told.set(refKey(ref), await transaction.lastTold(ref.toldTo, ref.productId.toLowerCase(), scopes))
    } else if (!byCustomer.has(refKey(ref))) {
      const rows = (await transaction.rowsOfCustomer(ref.entity, ref.customerId, true)).filter((row) =>
        mayHave(scopes, row.scope),
      )
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
      // The rule named this row and it did not exist. Another command made it since, so the rule has to run again.
      if (known === null && mayHave(scopes, there.scope))
        throw Object.assign(new Error(`A ${entity} was made meanwhile`), { code: SERIALIZATION_FAILURE })
      throw idInUse(entity)
    },
  }
}

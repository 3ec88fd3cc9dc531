import type { CustomerEntity, RowRef, Rows } from '../../domain/commands/define.ts'
import type { EntityName, Row } from '../../protocol/entities.ts'
import type { Queryable } from '../db/connect.ts'
import { readRow, readRowsOfCustomer } from '../db/rows.ts'

/** Rows read for a command and locked until it is committed. */
export interface LockedRows extends Rows {
  /** As `get`, but reads and locks a row that the rule did not name. */
  lockedOrRead<E extends EntityName>(entity: E, id: string): Promise<Row<E> | null>
}

/** Reads what a rule names. Always in the same order, so that two commands seldom wait for each other in a circle. */
export async function readLocked(db: Queryable, refs: readonly RowRef[]): Promise<LockedRows> {
  const byId = new Map<string, Row<EntityName> | null>()
  const byCustomer = new Map<string, Row<EntityName>[]>()
  const key = (entity: EntityName, id: string) => `${entity} ${id.toLowerCase()}`
  const refKey = (ref: RowRef) => ('id' in ref ? key(ref.entity, ref.id) : `${key(ref.entity, ref.customerId)} all`)

  const read = async (entity: EntityName, id: string) => {
    const row = await readRow(db, entity, id, true)
    byId.set(key(entity, id), row)
    return row
  }
  for (const ref of [...refs].toSorted((a, b) => (refKey(a) < refKey(b) ? -1 : 1))) {
    if ('id' in ref) {
      if (!byId.has(refKey(ref))) await read(ref.entity, ref.id)
    } else if (!byCustomer.has(refKey(ref))) {
      const rows = await readRowsOfCustomer(db, ref.entity, ref.customerId, true)
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
    lockedOrRead: async <E extends EntityName>(entity: E, id: string) => {
      const known = byId.get(key(entity, id))
      return (known === undefined ? await read(entity, id) : known) as Row<E> | null
    },
  }
}

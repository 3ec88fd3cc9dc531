import type { EntityName } from '../../protocol/entities.ts'
import type { ReadableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'

/** What a write changed, so that each live query knows whether to run again. */
export interface Touched {
  readonly entities: EntityName[]
  /**
   * The customers whose record changed: those of the rows, their organisations and the people of those. Null: there are
   * too many to name, so every record counts as changed.
   */
  readonly customerIds: string[] | null
}

export const nothingTouched: Touched = { entities: [], customerIds: [] }

const NAMED_AT_MOST = 300

/** Collects what one transaction touches. */
export interface TouchLog {
  row(entity: EntityName, row: AnyRow | null): void
  result(): Touched
}

export function createTouchLog(db: ReadableDb): TouchLog {
  const entities = new Set<EntityName>()
  const customers = new Set<string>()
  return {
    row: (entity, row) => {
      entities.add(entity)
      const customerId = entity === 'customer' ? row?.['id'] : row?.['customerId']
      // Take the organisation from this row: afterwards the cache no longer knows which organisation a customer left.
      const organisationId = entity === 'customer' ? row?.['organisationId'] : null
      for (const id of [customerId, organisationId])
        if (typeof id === 'string' && customers.size <= NAMED_AT_MOST) customers.add(id)
    },
    result: () => {
      if (customers.size > NAMED_AT_MOST) return { entities: [...entities], customerIds: null }
      const named = JSON.stringify([...customers])
      // The records of an organisation's people show its rows, and its own record shows theirs.
      if (customers.size > 0) for (const { id } of db.all<{ id: string }>(sameBuyerSql, named, named)) customers.add(id)
      return { entities: [...entities], customerIds: customers.size > NAMED_AT_MOST ? null : [...customers] }
    },
  }
}

const sameBuyerSql = `SELECT "organisationId" AS "id" FROM "customer" WHERE "organisationId" IS NOT NULL AND "id" IN (SELECT "value" FROM json_each(?))
   UNION ALL SELECT "id" FROM "customer" WHERE "organisationId" IN (SELECT "value" FROM json_each(?)) LIMIT ${NAMED_AT_MOST + 1}`

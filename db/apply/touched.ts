import type { EntityName } from '../../protocol/entities.ts'
import type { AnyRow } from '../rows/codec.ts'

/** What a write changed, so that live queries know whether to run again. */
export interface Touched {
  readonly entities: EntityName[]
  /** Customers with changed rows; null: too many to name, take it for all. */
  readonly customerIds: string[] | null
}

export const nothingTouched: Touched = { entities: [], customerIds: [] }

const NAMED_AT_MOST = 300

/** Collects what one transaction touches. */
export interface TouchLog {
  row(entity: EntityName, row: AnyRow | null): void
  result(): Touched
}

export function createTouchLog(): TouchLog {
  const entities = new Set<EntityName>()
  const customers = new Set<string>()
  return {
    row: (entity, row) => {
      entities.add(entity)
      const customerId = entity === 'customer' ? row?.['id'] : row?.['customerId']
      if (typeof customerId === 'string' && customers.size <= NAMED_AT_MOST) customers.add(customerId)
    },
    result: () => ({ entities: [...entities], customerIds: customers.size > NAMED_AT_MOST ? null : [...customers] }),
  }
}

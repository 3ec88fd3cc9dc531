import { isDeepStrictEqual } from 'node:util'
import { entities, type EntityName, type Row } from '../../protocol/entities.ts'
import { RefusalError } from '../../protocol/errors.ts'
import { reasonOf, type ReasonName } from '../../protocol/reasons.ts'

/**
 * Throws a refusal for a row that must not be written: it would go to every colleague. Arguments can each be right and still
 * make such a row (a sum that is too large). A field that stays as it was may lie outside of what is written today (an
 * older row, an imported one): a task with such a time can still be done.
 */
export function checkRow(entity: EntityName, before: Row<EntityName> | null, after: Row<EntityName>): void {
  const parsed = entities[entity].schema.safeParse(after)
  if (parsed.success) return
  const changed = parsed.error.issues.find(({ path: [field] }) => field === undefined || !before || !isDeepStrictEqual(fieldOf(before, field), fieldOf(after, field)))
  if (changed) throw unfit(String(changed.path[0] ?? entity), reasonOf(changed))
  if (!entities[entity].stored.safeParse(after).success) throw unfit(entity, 'wrongForm')
}

const fieldOf = (row: Row<EntityName>, field: PropertyKey): unknown => (row as unknown as Record<PropertyKey, unknown>)[field]

/** Throws a refusal where a command would take a row away from its customer. Whoever wrote a contact may still say whom it was with. */
export function checkMove(entity: EntityName, before: Row<EntityName>, after: Row<EntityName>, userId: string): void {
  const from = 'customerId' in before ? before.customerId : null
  if (from === null || ('customerId' in after && after.customerId === from)) return
  if (entity === 'interaction' && (before as Row<'interaction'>).userId === userId) return
  throw idInUse(entity)
}

const unfit = (field: string, problem: ReasonName) => new RefusalError('BAD_ARGUMENT', { field, problem })

/** Somebody else's row under the id that a command gives to a new one. */
export const idInUse = (entity: EntityName) => new RefusalError('BAD_ARGUMENT', { field: entity, problem: 'idTaken' satisfies ReasonName })

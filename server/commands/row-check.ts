import { isDeepStrictEqual } from 'node:util'
import { entities, type EntityName, type Row } from '../../protocol/entities.ts'
import { RefusalError } from '../../protocol/errors.ts'
import { reasonOf, type ReasonName } from '../../protocol/reasons.ts'

/**
 * Throws a `RefusalError` for a row that must not be written, because it would reach every colleague. Arguments can
 * each be valid and still make such a row (a sum that is too large). A field that does not change may break today's
 * rules (in an older or imported row): a task with such a field can still be completed.
 */
export function checkRow(entity: EntityName, before: Row<EntityName> | null, after: Row<EntityName>): void {
  const parsed = entities[entity].schema.safeParse(after)
  if (parsed.success) return
  const changed = parsed.error.issues.find(
    ({ path: [field] }) =>
      field === undefined || !before || !isDeepStrictEqual(fieldOf(before, field), fieldOf(after, field)),
  )
  if (changed) throw unfit(String(changed.path[0] ?? entity), reasonOf(changed))
  if (!entities[entity].stored.safeParse(after).success) throw unfit(entity, 'wrongForm')
}

const fieldOf = (row: Row<EntityName>, field: PropertyKey): unknown =>
  (row as unknown as Record<PropertyKey, unknown>)[field]

/**
 * Throws a `RefusalError` where a command would take a row away from its customer. Only the user who wrote a contact
 * may still change whom it was with.
 */
export function checkMove(entity: EntityName, before: Row<EntityName>, after: Row<EntityName>, userId: string): void {
  const from = 'customerId' in before ? before.customerId : null
  if (from === null || ('customerId' in after && after.customerId === from)) return
  if (entity === 'interaction' && (before as Row<'interaction'>).userId === userId) return
  throw idInUse(entity)
}

const unfit = (field: string, problem: ReasonName) => new RefusalError('BAD_ARGUMENT', { field, problem })

/** The refusal for an id that a command gives to a new row and that another row already has. */
export const idInUse = (entity: EntityName) =>
  new RefusalError('BAD_ARGUMENT', { field: entity, problem: 'idTaken' satisfies ReasonName })

import { entities, type EntityName, type Row } from '../../protocol/entities.ts'
import { RefusalError } from '../../protocol/errors.ts'
import type { ReasonName } from '../../protocol/reasons.ts'

/** The last instant that a date can be; no number of a row is above it, and every reader can count with what is below. */
const LARGEST_NUMBER = 8.64e15

/**
 * Throws a refusal for a row that a workstation could not take: it would go to every colleague and stop their feed or
 * their screens. Arguments can each be right and still make such a row (a sum that is too large).
 */
export function checkRow(entity: EntityName, row: Row<EntityName>): void {
  const parsed = entities[entity].schema.safeParse(row)
  if (!parsed.success) throw unfit(String(parsed.error.issues[0]?.path[0] ?? entity))
  const tooLarge = Object.entries(row).find(([, value]) => typeof value === 'number' && Math.abs(value) > LARGEST_NUMBER)
  if (tooLarge) throw unfit(tooLarge[0])
}

/** Throws a refusal where a command would take a row away from its customer. Whoever wrote a contact may still say whom it was with. */
export function checkMove(entity: EntityName, before: Row<EntityName>, after: Row<EntityName>, userId: string): void {
  const from = 'customerId' in before ? before.customerId : null
  if (from === null || ('customerId' in after && after.customerId === from)) return
  if (entity === 'interaction' && (before as Row<'interaction'>).userId === userId) return
  throw idInUse(entity)
}

const unfit = (field: string) => new RefusalError('BAD_ARGUMENT', { field, problem: 'wrongForm' satisfies ReasonName })

/** Somebody else's row under the id that a command gives to a new one. */
export const idInUse = (entity: EntityName) => new RefusalError('BAD_ARGUMENT', { field: entity, problem: 'idTaken' satisfies ReasonName })

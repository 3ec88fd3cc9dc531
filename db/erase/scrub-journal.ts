import { withoutTexts } from '../../domain/erased-outcome.ts'
import type { CommandOutcome, Erased } from '../../protocol/wire.ts'
import type { WritableDb } from '../handles.ts'
import type { StoredDeskCall } from '../journal/desk-calls.ts'

/**
 * Removes from the journal what was typed about customers who were erased, in the caller's transaction or in one of its
 * own.
 */
export function scrubJournal(db: WritableDb, erased: readonly Pick<Erased, 'customerId' | 'rowIds'>[]): void {
  const ids = new Set(erased.flatMap(({ customerId, rowIds }) => [customerId as string, ...rowIds]))
  db.transaction(() => {
    scrubCommands(db, ids)
    for (const { customerId } of erased) scrubDesk(db, customerId)
    for (const { key, userId, interactionId } of db.all<{ key: string; userId: string; interactionId: string }>(
      'SELECT "key", "userId", "interactionId" FROM "draft"',
    )) {
      if (ids.has(interactionId)) db.run('DELETE FROM "draft" WHERE "key" = ? AND "userId" = ?', key, userId)
    }
  })
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

/**
 * Commands that name one of these ids lose their arguments and texts. Their number and hash stay, so that the server
 * recognises them and the numbers have no gap. A command that waited for a person is over; a command that was never
 * sent is sent without its text.
 */
function scrubCommands(db: WritableDb, ids: ReadonlySet<string>): void {
  const named = (text: string | null) => text?.match(UUID)?.some((id) => ids.has(id.toLowerCase())) ?? false
  const commands = db.all<{ seq: number; args: string; outcome: string | null }>(
    'SELECT "seq", "args", "outcome" FROM "command"',
  )
  for (const { seq, outcome } of commands.filter((command) => named(command.args) || named(command.outcome))) {
    const left = outcome === null ? null : JSON.stringify(withoutTexts(JSON.parse(outcome) as CommandOutcome))
    db.run(
      `UPDATE "command" SET "args" = 'null', "outcome" = ?, "state" = CASE WHEN "state" IN ('refused', 'parked') THEN 'dropped' ELSE "state" END WHERE "seq" = ?`,
      left,
      seq,
    )
  }
}

/**
 * Deletes the calls and drafts of an erased customer. A call of another caller, for whom the erased customer was only
 * one of several matches, is matched again.
 */
function scrubDesk(db: WritableDb, customerId: string): void {
  db.run('DELETE FROM "draft" WHERE "customerId" = ? OR "key" = ?', customerId, `customer:${customerId}`)
  for (const { userId, callId, desk } of db.all<{ userId: string; callId: string; desk: string }>(
    'SELECT "userId", "callId", "desk" FROM "deskCall" WHERE instr("desk", ?) > 0',
    customerId,
  )) {
    const stored = JSON.parse(desk) as StoredDeskCall
    const theirs = stored.customerId === customerId || stored.call.handedOver?.customerId === customerId
    if (theirs) {
      // The server names a call that is not wrapped up again, so it comes back without this customer.
      db.run('DELETE FROM "deskCall" WHERE "userId" = ? AND "callId" = ?', userId, callId)
      db.run('DELETE FROM "draft" WHERE "userId" = ? AND "callId" = ?', userId, callId)
      continue
    }
    const unmatched: StoredDeskCall = { ...stored, match: { kind: 'none', suggestions: [] } }
    db.run(
      'UPDATE "deskCall" SET "desk" = ? WHERE "userId" = ? AND "callId" = ?',
      JSON.stringify(unmatched),
      userId,
      callId,
    )
  }
}

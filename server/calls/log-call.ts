import { untouched } from '../../domain/untouched-rows.ts'
import type { Interaction } from '../../protocol/entities.ts'
import type { Party } from '../../protocol/calls.ts'
import { CallId } from '../../protocol/scalars.ts'
import type { Client, Pool } from '../db/connect.ts'
import { insertRow, readRow } from '../db/rows.ts'
import { inTransaction } from '../db/transaction.ts'
import { erasedAmong, holdCustomers } from '../erasure/erased-ids.ts'
import { insertPending } from '../feed/pending.ts'
import type { CallRecord } from './call-recorder.ts'
import { customerOfCaller } from './customer-of-caller.ts'

/** A call that nobody answered: what is needed to find the customer, and the id of the new entry in their timeline. */
export interface MissedCall {
  readonly interactionId: string
  readonly caller: Party | null
  /** What the voice menu collected from the caller. */
  readonly collected: string | null
}

/**
 * Stores a finished call in one transaction, together with an entry in the customer's timeline if nobody answered it.
 * The first node that hears of the end writes both; any later one writes nothing. True where a row of a customer's
 * record was written.
 */
export function logCall(pool: Pool, country: string, record: CallRecord, missed: MissedCall | null): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query({
      name: 'desk.log',
      text: `insert into call_log (call_id, direction, queue, line, user_id, offered_at, answered_at, ended_at, wait_ms, talk_ms, hold_ms, wrap_ms, outcome)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`,
      values: [
        record.callId,
        record.direction,
        record.queue,
        record.line,
        record.userId,
        record.offeredAt,
        record.answeredAt,
        record.endedAt,
        record.waitMs,
        record.talkMs,
        record.holdMs,
        record.wrapMs,
        record.outcome,
      ],
    })
    if (rowCount !== 1 || missed === null) return false
    const customer = await customerOfCaller(client, { ...missed, line: record.line, country })
    return customer === null ? false : writeMissed(client, record, missed.interactionId, customer)
  })
}

async function writeMissed(
  client: Client,
  record: CallRecord,
  interactionId: string,
  customer: NonNullable<Awaited<ReturnType<typeof customerOfCaller>>>,
): Promise<boolean> {
  await holdCustomers(client, [customer.id])
  if (await erasedAmong(client, [customer.id])) return false
  // An agent who wrote something while it rang may have wrapped it up before this.
  if (await readRow(client, 'interaction', interactionId)) return false
  const row: Interaction = {
    id: interactionId,
    version: 1,
    scope: customer.scope,
    customerId: customer.id,
    channel: 'phone',
    direction: 'in',
    startedAt: record.offeredAt,
    endedAt: record.endedAt,
    callId: CallId.parse(record.callId),
    userId: null,
    queue: record.queue,
    waitMs: record.waitMs,
    talkMs: null,
    matter: null,
    outcome: record.outcome === 'missed' ? 'abandoned' : 'noAnswer',
    nextStep: null,
    note: '',
    revision: 1,
    ...untouched.interaction,
  }
  await insertRow(client, 'interaction', row)
  await insertPending(client, [
    { entity: 'interaction', id: row.id, version: 1, scope: row.scope, leftScope: null, row },
  ])
  return true
}

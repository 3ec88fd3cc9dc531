import { ok, refuse, type Result } from '../../protocol/errors.ts'
import { isPassing } from '../commands/take-command.ts'
import type { Client, Pool } from '../db/connect.ts'
import { readRow } from '../db/rows.ts'
import { storable } from '../db/storable.ts'
import { inTransaction } from '../db/transaction.ts'
import { insertPending, type PendingChange } from '../feed/pending.ts'
import { SEQUENCER_LOCK } from '../feed/sequence-pending.ts'
import { removeRows, unlinkRows } from './remove-rows.ts'
import { scrubCommands } from './scrub-commands.ts'
import { headOfLog, scrubLog, scrubPending } from './scrub-feed.ts'

export interface ErasureOrder {
  readonly customerId: string
  readonly reason: string
  /** The user who ordered it; null: the operator. */
  readonly by: string | null
  readonly now: number
}

const TRIES = 3

/**
 * Erases a customer for good, in one transaction: when this resolves, the server holds nothing of theirs any more. If
 * the customer was erased before, it gives that erasure. Nudge the feed afterwards.
 */
export async function eraseCustomer(pool: Pool, order: ErasureOrder): Promise<Result<{ erasureId: string }>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(pool, (client) => erase(client, order))
    } catch (error) {
      if (!isPassing(error) || attempt === TRIES) throw error
    }
  }
}

async function erase(
  client: Client,
  { customerId, reason, by, now }: ErasureOrder,
): Promise<Result<{ erasureId: string }>> {
  // Commands that write rows of the customer lock this row too. So each of them either was committed and its rows are
  // seen below, or it comes later and is parked.
  if (!(await readRow(client, 'customer', customerId, true))) {
    const {
      rows: [known],
    } = await client.query<{ id: string }>('select id from erasure where customer_id = $1', [customerId])
    return known ? ok({ erasureId: known.id }) : refuse('CUSTOMER_UNKNOWN')
  }
  const gone = await removeRows(client, customerId)
  const ids = gone.map(({ id }) => id)
  const unlinked = await unlinkRows(client, ids)
  await client.query(
    `update agent_call set call = jsonb_set(call, '{handedOver}', 'null') where call #>> '{handedOver,customerId}' = $1`,
    [customerId],
  )
  const commands = await scrubCommands(client, ids)
  const seen = await headOfLog(client)
  await scrubLog(client, ids, customerId, 0)

  // From here to the commit no node numbers changes. Everything that gets a number later was committed later, and holds
  // nothing of the customer.
  await client.query('select pg_advisory_xact_lock($1)', [SEQUENCER_LOCK])
  await scrubPending(client, ids, customerId)
  const head = await headOfLog(client)
  if (head > seen) await scrubLog(client, ids, customerId, seen)
  const erasureId = crypto.randomUUID()
  await client.query(
    `insert into erasure (id, number, customer_id, erased_at, erased_by, reason, seq, counts)
     values ($1, (select coalesce(max(number), 0) + 1 from erasure), $2, $3, $4, $5, $6, $7)`,
    [
      erasureId,
      customerId,
      now,
      by,
      storable(reason),
      head + 1,
      JSON.stringify({ ...countsOf(gone), command: commands }),
    ],
  )
  await client.query(
    'insert into erased_row (row_id, erasure_id, entity) select row_id, $1, entity from unnest($2::uuid[], $3::text[]) as gone(row_id, entity) on conflict do nothing',
    [erasureId, ids, gone.map(({ entity }) => entity)],
  )
  await insertPending(client, [...gone, ...unlinked])
  return ok({ erasureId })
}

function countsOf(gone: readonly PendingChange[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { entity } of gone) counts[entity] = (counts[entity] ?? 0) + 1
  return counts
}

import type { Client } from '../db/connect.ts'

/**
 * Empties the feed's lines after `after` that hold one of these rows, or a row from a time when it belonged to the
 * customer. The lines keep their numbers.
 */
export async function scrubLog(
  client: Client,
  ids: readonly string[],
  customerId: string,
  after: number,
): Promise<void> {
  await client.query(
    `update feed_log set row = null where seq > $3 and row is not null and (row_id = any($1::uuid[]) or row ->> 'customerId' = $2)`,
    [ids, customerId, after],
  )
}

/** The same for changes that have no number yet. The caller must hold the sequencer's lock. */
export async function scrubPending(client: Client, ids: readonly string[], customerId: string): Promise<void> {
  await client.query(
    `update feed_pending set row = null where row is not null and (row_id = any($1::uuid[]) or row ->> 'customerId' = $2)`,
    [ids, customerId],
  )
}

export async function headOfLog(client: Client): Promise<number> {
  const { rows } = await client.query<{ head: number }>(
    'select greatest(floor, (select max(seq) from feed_log)) as head from site',
  )
  return rows[0]?.head ?? 0
}

import type { Client } from '../db/connect.ts'

/** Lines of the log after `after` that hold one of these rows, or a row while it was the customer's, keep their number and lose their content. */
export async function scrubLog(client: Client, ids: readonly string[], customerId: string, after: number): Promise<void> {
  await client.query(
    `update feed_log set row = null where seq > $3 and row is not null and (row_id = any($1::uuid[]) or row ->> 'customerId' = $2)`, [ids, customerId, after])
}

/** The same for what is not numbered yet; the sequencer has to be held off. */
export async function scrubPending(client: Client, ids: readonly string[], customerId: string): Promise<void> {
  await client.query(`update feed_pending set row = null where row is not null and (row_id = any($1::uuid[]) or row ->> 'customerId' = $2)`, [ids, customerId])
}

export async function headOfLog(client: Client): Promise<number> {
  const { rows } = await client.query<{ head: number }>('select greatest(floor, (select max(seq) from feed_log)) as head from site')
  return rows[0]?.head ?? 0
}

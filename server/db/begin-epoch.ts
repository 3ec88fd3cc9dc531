import { SEQUENCER_LOCK } from '../feed/sequence-pending.ts'
import type { Pool } from './connect.ts'
import { inTransaction } from './transaction.ts'

/**
 * Marks this database as restored from a backup. Running nodes notice it and disconnect their workstations. Each
 * workstation then takes a fresh snapshot and sends again every command of the last 14 days that it still has, whether
 * or not the server knows it.
 */
export async function beginEpoch(pool: Pool, epoch: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    // The lock makes sure that no number of the old epoch is given out after the new epoch has begun.
    await client.query('select pg_advisory_xact_lock($1)', [SEQUENCER_LOCK])
    await client.query('update site set epoch = $1', [epoch])
  })
}

import { SEQUENCER_LOCK } from '../feed/sequence-pending.ts'
import type { Pool } from './connect.ts'
import { inTransaction } from './transaction.ts'

/**
 * Says that this database was brought back from a backup. Nodes that run notice it and let go of their workstations;
 * each sends again what it still has of the last 14 days, known or not, and takes a fresh snapshot.
 */
export async function beginEpoch(pool: Pool, epoch: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    // No number of the old history is given out after the new one has begun.
    await client.query('select pg_advisory_xact_lock($1)', [SEQUENCER_LOCK])
    await client.query('update site set epoch = $1', [epoch])
  })
}

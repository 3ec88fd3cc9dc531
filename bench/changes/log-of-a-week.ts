import type { EntityName, Row } from '../../protocol/entities.ts'
import type { OpenDatabase } from '../../server/open-database.ts'
import { insertPending, type PendingChange } from '../../server/feed/pending.ts'
import { sequencePending } from '../../server/feed/sequence-pending.ts'
import type { RowChange } from './changed-rows.ts'

/** The rows of one transaction, such as an import. */
const TRANSACTION = 1000
/** One row in this many was changed twice. A workstation that was away for both changes gets only the second. */
const TWICE = 5

/**
 * Writes the changes of a week as the server does: as pending changes of many transactions, numbered by the server's
 * own sequencer. Returns how many rows changed, and in how many lines of the feed.
 */
export async function writeLog(
  { pool }: OpenDatabase,
  changes: Iterable<RowChange>,
): Promise<{ rows: number; lines: number }> {
  let rows = 0
  let lines = 0
  let transaction: PendingChange[] = []
  const commit = async () => {
    const earlier = transaction.filter(({ version }, i) => i % TWICE === 0 && version > 1).map(older)
    rows += transaction.length
    lines += transaction.length + earlier.length
    if (earlier.length > 0) await insertPending(pool, earlier)
    await insertPending(pool, transaction)
    transaction = []
  }
  for (const { entity, id, version, scope, row } of changes) {
    transaction.push({ entity, id, version, scope, leftScope: null, row: row as Row<EntityName> | null })
    if (transaction.length === TRANSACTION) await commit()
  }
  await commit()
  while ((await sequencePending(pool, 'full')).moved > 0);
  await pool.query('analyze')
  return { rows, lines }
}

const older = (change: PendingChange): PendingChange => ({
  ...change,
  version: change.version - 1,
  row: change.row && { ...change.row, version: change.version - 1 },
})

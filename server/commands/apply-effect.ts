import type { RowUpsert } from '../../domain/commands/define.ts'
import type { EntityName, Row } from '../../protocol/entities.ts'
import type { RowVersion } from '../../protocol/wire.ts'
import type { z } from 'zod'
import type { PendingChange } from '../feed/pending.ts'
import type { LockedRows } from './command-rows.ts'
import type { CommandTransaction } from './command-store.ts'
import { checkMove, checkRow } from './row-check.ts'

export interface Applied {
  readonly versions: z.infer<typeof RowVersion>[]
  readonly pending: PendingChange[]
}

/**
 * Writes the rows of an effect, each with its next version. Throws a `RefusalError` for a row that this command may not
 * make or change.
 */
export async function applyEffect(
  transaction: CommandTransaction,
  changes: readonly RowUpsert[],
  rows: LockedRows,
  by: { userId: string; at: number },
): Promise<Applied> {
  const applied: Applied = { versions: [], pending: [] }
  const written = new Set<string>()
  for (const { entity, row } of changes) {
    if (written.has(`${entity} ${row.id}`)) throw new Error(`The effect changes a ${entity} twice`)
    written.add(`${entity} ${row.id}`)
    const before = await rows.toReplace(entity, row.id)
    const after = { ...row, version: (before?.version ?? 0) + 1 } as Row<EntityName>
    checkRow(entity, before, after)
    if (before) checkMove(entity, before, after, by.userId)
    if (before) {
      await transaction.update(entity, after)
    } else {
      await transaction.insert(entity, after)
    }
    applied.versions.push({ entity, id: after.id, version: after.version })
    const leftScope = before && before.scope !== after.scope ? before.scope : null
    applied.pending.push({ entity, id: after.id, version: after.version, scope: after.scope, leftScope, row: after })
  }
  return applied
}

import type { EntityName, Row } from '../../protocol/entities.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ErasureDesk } from '../../server/erasure/erasure-desk.ts'
import type { PendingChange } from '../../server/feed/pending.ts'
import { isPassing } from '../../server/commands/take-command.ts'
import type { ModelDatabase, ModelTransaction } from './model-database.ts'
import type { Process, World } from './world.ts'

const ofCustomers: readonly EntityName[] = ['task', 'preference', 'interaction', 'complaint']

/**
 * Erases a customer at the server, as the product does it in SQL: rows, feed and stored commands in one transaction.
 */
export async function eraseCustomer(
  world: World,
  process: Process,
  database: ModelDatabase,
  customerId: CustomerId,
): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      await database.transaction(process, (transaction) => erase(transaction, customerId))
      world.note(`office: ${customerId} is erased`)
      return
    } catch (error) {
      world.note(`office: not erased: ${(error as Error).message}`)
      if (!isPassing(error)) return
    }
  }
}

async function erase(transaction: ModelTransaction, customerId: CustomerId): Promise<void> {
  const customer = await transaction.row('customer', customerId, true)
  if (!customer) return
  const gone: PendingChange[] = []
  const remove = async (entity: EntityName, { id, version, scope }: Row<EntityName>) => {
    await transaction.remove(entity, id)
    gone.push({ entity, id, version: version + 1, scope, leftScope: null, row: null })
  }
  for (const entity of ofCustomers)
    for (const row of await transaction.rowsOfCustomer(entity as 'task', customerId, true)) await remove(entity, row)
  await remove('customer', customer)
  await transaction.scrub(customerId, gone)
}

/** The requests about erasures that workstations send to a node, answered from the model. */
export function modelErasureDesk(database: ModelDatabase, process: Process): ErasureDesk {
  return {
    erase: () => {
      throw new Error('Nobody erases from a desk here.')
    },
    after: async (_deviceId, { epoch, after }) => {
      await process.step()
      const committed = database.committed()
      if (committed.epoch !== epoch) return []
      return committed.erasures
        .filter(({ number }) => number > after)
        .slice(0, 20)
        .map(({ number, erasureId, customerId, seq, rowIds }) => ({
          number,
          erasureId,
          customerId,
          seq,
          rowIds: [...rowIds],
          erasedAt: 0,
        }))
    },
    confirm: async (deviceId, { erasureIds }) => {
      await process.step()
      for (const erasureId of erasureIds) database.committed().receipts.add(`${erasureId} ${deviceId}`)
    },
  }
}

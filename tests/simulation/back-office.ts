import { untouched } from '../../domain/untouched-rows.ts'
import type { EntityName, Row } from '../../protocol/entities.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ModelDatabase, ModelTransaction } from './model-database.ts'
import type { Process, World } from './world.ts'

/**
 * Everything that writes into the database except the workstations: imports, the shop, an administrator. Their
 * transactions change rows, move them between scopes and remove them.
 */
export async function officeWorks(
  world: World,
  process: Process,
  database: ModelDatabase,
  customers: readonly CustomerId[],
  holdMs: number,
): Promise<void> {
  const { random } = world
  const rowsOf = (entity: EntityName) =>
    [...database.committed().rows].filter(([key]) => key.startsWith(`${entity} `)).map(([, row]) => row)
  const tasks = rowsOf('task') as Row<'task'>[]
  const some = tasks.length > 0 ? random.pick(tasks) : null
  const kind = random.weighted({ city: 3, add: 3, move: 4, remove: 2, cost: 2, role: 1 })
  try {
    await database.transaction(process, async (transaction) => {
      const changes: Parameters<ModelTransaction['leavePending']>[0][number][] = []
      const change = async <E extends EntityName>(entity: E, id: string, with_: (row: Row<E>) => Row<E> | null) => {
        const before = await transaction.row(entity, id, true)
        if (!before) return
        const after = with_(before)
        const version = before.version + 1
        if (after === null) {
          await transaction.remove(entity, id)
          changes.push({ entity, id, version, scope: before.scope, leftScope: null, row: null })
          return
        }
        const row = { ...after, version }
        await transaction.update(entity, row)
        changes.push({
          entity,
          id,
          version,
          scope: row.scope,
          leftScope: row.scope === before.scope ? null : before.scope,
          row,
        })
      }
      switch (kind) {
        case 'city':
          await change('customer', random.pick(customers), (row) => ({ ...row, city: `office ${random.int(0, 99)}` }))
          break
        case 'move':
          if (some) await change('task', some.id, (row) => ({ ...row, scope: row.scope === 'org' ? 'finance' : 'org' }))
          break
        case 'remove':
          if (some) await change('task', some.id, () => null)
          break
        case 'role':
          await change('user', random.pick(rowsOf('user')).id, (row) => ({
            ...row,
            role: row.role === 'agent' ? 'supervisor' : 'agent',
          }))
          break
        case 'cost': {
          const [cost] = rowsOf('productCost') as Row<'productCost'>[]
          if (cost) await change('productCost', cost.id, (row) => ({ ...row, unitCostMinor: random.int(1, 999) }))
          break
        }
        case 'add': {
          const customerId = random.pick(customers)
          // No transaction writes for a customer who does not exist (any more).
          if (!(await transaction.row('customer', customerId, true))) break
          const row: Row<'task'> = {
            id: world.newId(),
            customerId,
            kind: 'callback',
            title: 'from the office',
            detail: '',
            dueAt: Math.floor(world.now()),
            status: 'open',
            ownerUserId: null,
            createdBy: null,
            createdAt: Math.floor(world.now()),
            doneAt: null,
            sourceId: null,
            ...untouched.task,
            version: 1,
            scope: random.pick(['org', 'finance']),
          }
          await transaction.insert('task', row)
          changes.push({ entity: 'task', id: row.id, version: 1, scope: row.scope, leftScope: null, row })
          break
        }
      }
      await transaction.leavePending(changes)
      // The transaction stays open: its pending rows have low numbers and are committed late.
      if (holdMs > 0)
        await new Promise<void>((resolve) => {
          process.after(holdMs, resolve)
        })
    })
    world.note(`office: ${kind} ${some?.id} ${holdMs > 0 ? ` held ${Math.round(holdMs)} ms` : ''}`)
  } catch (error) {
    world.note(`office: ${kind} failed: ${(error as Error).message}`)
  }
}

import type { Task } from '../../protocol/entities.ts'
import { changes, defineCommand, one, parked, refused, taken, upsert, type CommandContext, type RowUpsert } from './define.ts'

type TaskFields = Pick<Task, 'id' | 'customerId' | 'kind' | 'title' | 'detail' | 'dueAt' | 'ownerUserId' | 'sourceId'>

/** A task as it begins: open, made by who acts, now. */
export const newTask = (fields: TaskFields, by: CommandContext): RowUpsert =>
  upsert('task', { ...fields, status: 'open', createdBy: by.actor.userId, createdAt: by.at, doneAt: null, scope: 'org' })

export const addTask = defineCommand('task.add', {
  reads: (a) => [one('task', a.taskId), ...(a.customerId ? [one('customer', a.customerId)] : [])],
  effect(rows, a, by) {
    if (a.customerId && !rows.get('customer', a.customerId)) return refused('CUSTOMER_UNKNOWN')
    // Asked for twice it is one task, as it has become since; an id that is somebody else's is no new task.
    const there = rows.get('task', a.taskId)
    if (there) return there.customerId === a.customerId && there.createdBy === by.actor.userId ? changes() : taken('taskId')
    return changes(newTask({
      id: a.taskId, customerId: a.customerId, kind: a.kind, title: a.title, detail: a.detail, dueAt: a.dueAt,
      ownerUserId: a.ownerUserId, sourceId: null,
    }, by))
  },
})

export const claimTask = defineCommand('task.claim', {
  reads: (a) => [one('task', a.taskId)],
  effect(rows, a, by) {
    const task = rows.get('task', a.taskId)
    if (!task) return refused('ROW_UNKNOWN')
    if (task.status !== 'open') return refused('STEP_NO_LONGER_FITS')
    if (task.ownerUserId && task.ownerUserId !== by.actor.userId) {
      return refused('CHANGED_MEANWHILE', { field: 'owner', value: 'a colleague' })
    }
    return changes(upsert('task', { ...task, ownerUserId: by.actor.userId }))
  },
})

export const finishTask = defineCommand('task.done', {
  reads: (a) => [one('task', a.taskId)],
  effect(rows, a, by) {
    const task = rows.get('task', a.taskId)
    if (!task) return refused('ROW_UNKNOWN')
    if (task.status === 'done') return changes()
    // Done beats reassigned: whoever did it, it is done.
    if (task.status === 'dropped') return parked('STEP_NO_LONGER_FITS')
    return changes(upsert('task', { ...task, status: 'done', doneAt: by.at, ownerUserId: task.ownerUserId ?? by.actor.userId }))
  },
})

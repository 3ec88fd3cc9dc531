import type { Task } from '../../protocol/entities.ts'
import { may } from '../permissions.ts'
import { untouched } from '../untouched-rows.ts'
import { mayTakeBack, TAKE_BACK_MS } from '../take-back.ts'
import {
  changes,
  defineCommand,
  isAtServer,
  one,
  parked,
  refused,
  taken,
  unusable,
  upsert,
  type CommandContext,
  type Effect,
  type RowRef,
  type Rows,
  type RowUpsert,
} from './define.ts'
import { dueRefusal } from './times.ts'

const A_MINUTE = 60_000

type TaskFields = Pick<
  Task,
  'id' | 'customerId' | 'kind' | 'title' | 'detail' | 'dueAt' | 'ownerUserId' | 'sourceId' | 'callbackNumber'
>

/** A new task: open, created by the acting user, now. */
export const newTask = (fields: TaskFields, by: CommandContext): RowUpsert =>
  upsert('task', {
    ...untouched.task,
    ...fields,
    status: 'open',
    createdBy: by.actor.userId,
    createdAt: by.at,
    doneAt: null,
    scope: 'org',
  })

/** A task that is done, with the user who did it. */
export const doneTask = (task: Task, by: CommandContext): RowUpsert =>
  upsert('task', {
    ...task,
    status: 'done',
    doneAt: by.at,
    doneBy: by.actor.userId,
    ownerUserId: task.ownerUserId ?? by.actor.userId,
  })

/** A task that is open again, as if it had never ended. */
export const reopenedTask = (task: Task, by: CommandContext): RowUpsert =>
  upsert('task', {
    ...task,
    status: 'open',
    doneAt: null,
    doneBy: null,
    dropReason: null,
    changedBy: by.actor.userId,
    changedAt: by.at,
  })

const isOthers = ({ ownerUserId }: Task, by: CommandContext): boolean =>
  ownerUserId !== null && ownerUserId !== by.actor.userId

export const ownerRead = (ownerUserId: string | null): RowRef[] =>
  ownerUserId === null ? [] : [one('user', ownerUserId)]

/** Refuses an owner who is not an active user. A workstation that does not hold all users leaves this to the server. */
export function ownerRefusal(rows: Rows, ownerUserId: string | null, by: CommandContext, field: string): Effect | null {
  if (ownerUserId === null || ownerUserId === by.actor.userId) return null
  const owner = rows.get('user', ownerUserId)
  return owner
    ? owner.active
      ? null
      : unusable(field, 'nobodyHere')
    : isAtServer(by)
      ? unusable(field, 'nobodyHere')
      : null
}

export const addTask = defineCommand('task.add', {
  reads: (a) => [
    one('task', a.taskId),
    ...ownerRead(a.ownerUserId),
    ...(a.customerId ? [one('customer', a.customerId)] : []),
  ],
  effect(rows, a, by) {
    if (a.customerId && !rows.get('customer', a.customerId)) return refused('CUSTOMER_UNKNOWN')
    // A task that is entered twice stays one task, in its present state. An id that belongs to another task is refused.
    const there = rows.get('task', a.taskId)
    if (there)
      return there.customerId === a.customerId && there.createdBy === by.actor.userId ? changes() : taken('taskId')
    const refusal = dueRefusal(a.dueAt, by) ?? ownerRefusal(rows, a.ownerUserId, by, 'ownerUserId')
    if (refusal) return refusal
    return changes(
      newTask(
        {
          id: a.taskId,
          customerId: a.customerId,
          kind: a.kind,
          title: a.title,
          detail: a.detail,
          dueAt: a.dueAt,
          ownerUserId: a.ownerUserId,
          sourceId: null,
          callbackNumber: a.callbackNumber,
        },
        by,
      ),
    )
  },
})

export const claimTask = defineCommand('task.claim', {
  reads: (a) => [one('task', a.taskId)],
  effect(rows, a, by) {
    const task = rows.get('task', a.taskId)
    if (!task) return refused('ROW_UNKNOWN')
    if (task.status !== 'open') return refused('STEP_NO_LONGER_FITS')
    if (isOthers(task, by)) return refused('CHANGED_MEANWHILE', { field: 'owner', value: 'a colleague' })
    return changes(
      upsert('task', { ...task, ownerUserId: by.actor.userId, changedBy: by.actor.userId, changedAt: by.at }),
    )
  },
})

export const assignTask = defineCommand('task.assign', {
  reads: (a) => [one('task', a.taskId), ...(a.ownerUserId ? [one('user', a.ownerUserId)] : [])],
  effect(rows, a, by) {
    const task = rows.get('task', a.taskId)
    if (!task || (a.ownerUserId && !rows.get('user', a.ownerUserId)?.active)) return refused('ROW_UNKNOWN')
    if (task.status !== 'open') return refused('STEP_NO_LONGER_FITS')
    if (isOthers(task, by) && !may(by.actor.role, 'task.changeOthers')) return refused('NOT_ALLOWED')
    return changes(
      upsert('task', { ...task, ownerUserId: a.ownerUserId, changedBy: by.actor.userId, changedAt: by.at }),
    )
  },
})

export const postponeTask = defineCommand('task.postpone', {
  reads: (a) => [one('task', a.taskId)],
  effect(rows, a, by) {
    const task = rows.get('task', a.taskId)
    if (!task) return refused('ROW_UNKNOWN')
    if (task.status !== 'open') return refused('STEP_NO_LONGER_FITS')
    const due = dueRefusal(a.dueAt, by)
    if (due) return due
    if (isOthers(task, by) && !may(by.actor.role, 'task.finishOthers')) return refused('NOT_ALLOWED')
    return changes(upsert('task', { ...task, dueAt: a.dueAt, changedBy: by.actor.userId, changedAt: by.at }))
  },
})

export const finishTask = defineCommand('task.done', {
  reads: (a) => [one('task', a.taskId)],
  effect(rows, a, by) {
    const task = rows.get('task', a.taskId)
    if (!task) return refused('ROW_UNKNOWN')
    if (task.status === 'done') return changes()
    // A task may be done even if it was reassigned meanwhile: no matter who did it, it is done.
    if (task.status === 'dropped') return parked('STEP_NO_LONGER_FITS')
    if (isOthers(task, by) && !may(by.actor.role, 'task.finishOthers')) return refused('NOT_ALLOWED')
    return changes(doneTask(task, by))
  },
})

export const dropTask = defineCommand('task.drop', {
  reads: (a) => [one('task', a.taskId)],
  effect(rows, a, by) {
    const task = rows.get('task', a.taskId)
    if (!task) return refused('ROW_UNKNOWN')
    if (task.status !== 'open') return refused('STEP_NO_LONGER_FITS')
    if (isOthers(task, by) && !may(by.actor.role, 'task.changeOthers')) return refused('NOT_ALLOWED')
    return changes(
      upsert('task', { ...task, status: 'dropped', doneAt: by.at, doneBy: by.actor.userId, dropReason: a.reason }),
    )
  },
})

export const takeTaskBack = defineCommand('task.takeBack', {
  reads: (a) => [one('task', a.taskId)],
  effect(rows, a, by) {
    const task = rows.get('task', a.taskId)
    if (!task) return refused('ROW_UNKNOWN')
    if (task.status === 'open') return changes()
    if (!mayTakeBack(task, by.actor, by.at)) return refused('TAKE_BACK_TOO_LATE', { minutes: TAKE_BACK_MS / A_MINUTE })
    return changes(reopenedTask(task, by))
  },
})

import type { CommandArgs } from '../../protocol/commands.ts'
import { isLocalCall } from '../local-calls.ts'
import { changes, defineCommand, one, refused, taken, upsert } from './define.ts'
import { newTask } from './task-commands.ts'

const A_MINUTE = 60_000
const THIRTY_DAYS = 30 * 24 * 60 * A_MINUTE

export const wrapUp = defineCommand('interaction.wrapUp', {
  reads: (a) => [
    one('interaction', a.interactionId),
    ...(a.customerId ? [one('customer', a.customerId)] : []),
    ...(a.followUp ? [one('task', a.followUp.taskId)] : []),
  ],
  effect(rows, a, by) {
    if (a.customerId && !rows.get('customer', a.customerId)) return refused('CUSTOMER_UNKNOWN')
    if (a.followUp && a.followUp.dueAt < by.at - A_MINUTE) return refused('DUE_IN_THE_PAST')
    const earlier = rows.get('interaction', a.interactionId)
    // What a colleague wrote is theirs: an edit of it is a revision and says whose.
    if (earlier && earlier.userId !== by.actor.userId) return taken('interactionId')
    const promised = a.followUp ? rows.get('task', a.followUp.taskId) : null
    if (promised && promised.customerId !== a.customerId) return taken('followUp.taskId')
    // Wrapped up twice (a second window, a retry after a crash): still one interaction, its next revision.
    const interaction = upsert('interaction', {
      id: a.interactionId, customerId: a.customerId, channel: a.channel, direction: a.direction, ...whenItWas(a, by.at), callId: a.callId, userId: by.actor.userId, queue: a.queue, waitMs: a.waitMs, talkMs: a.talkMs,
      matter: a.matter, outcome: a.outcome, nextStep: a.nextStep, note: a.note, revision: (earlier?.revision ?? 0) + 1,
      scope: 'org',
    })
    if (!a.followUp || promised) return changes(interaction)
    return changes(interaction, newTask({
      id: a.followUp.taskId, customerId: a.customerId, kind: taskKind(a.nextStep), title: a.followUp.title, detail: a.note,
      dueAt: a.followUp.dueAt, ownerUserId: a.followUp.ownerUserId, sourceId: a.interactionId,
    }, by))
  },
})

/**
 * A contact that the telephone system does not know of has its times from the desk's clock alone, which may have been years
 * off: it ended when it was wrapped up and took as long as it took. The telephone system's own times stand.
 */
function whenItWas({ callId, startedAt, endedAt }: CommandArgs<'interaction.wrapUp'>, at: number): { startedAt: number; endedAt: number | null } {
  if (callId !== null && !isLocalCall(callId)) return { startedAt, endedAt }
  const off = at - (endedAt ?? startedAt)
  if (off >= -A_MINUTE && off <= THIRTY_DAYS) return { startedAt, endedAt }
  return { startedAt: Math.max(0, startedAt + off), endedAt: endedAt === null ? null : endedAt + off }
}

const taskKind = (nextStep: string | null) => {
  switch (nextStep) {
    case 'sendQuote': case 'sendInvoice': case 'checkOrder': case 'informColleague': return nextStep
    default: return 'callback'
  }
}

export const reviseInteraction = defineCommand('interaction.revise', {
  reads: (a) => [one('interaction', a.interactionId)],
  effect(rows, a) {
    const interaction = rows.get('interaction', a.interactionId)
    if (!interaction) return refused('ROW_UNKNOWN')
    // An edit never conflicts: it is one more revision, and the server keeps the earlier texts.
    return changes(upsert('interaction', {
      ...interaction, note: a.note, matter: a.matter, outcome: a.outcome, revision: interaction.revision + 1,
    }))
  },
})

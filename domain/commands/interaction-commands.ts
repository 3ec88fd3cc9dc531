import type { CommandArgs } from '../../protocol/commands.ts'
import type { Interaction } from '../../protocol/entities.ts'
import { ADDITIONS_AT_MOST } from '../../protocol/entities/interaction.ts'
import { keptRevision } from '../interaction-revisions.ts'
import { isLocalCall } from '../local-calls.ts'
import { may } from '../permissions.ts'
import { untouched } from '../untouched-rows.ts'
import { isBlank } from '../visible-text.ts'
import {
  changes,
  defineCommand,
  one,
  refused,
  taken,
  unusable,
  upsert,
  type CommandContext,
  type RowUpsert,
} from './define.ts'
import { doneTask, newTask, ownerRead, ownerRefusal } from './task-commands.ts'
import { dueRefusal } from './times.ts'

const A_MINUTE = 60_000
const THIRTY_DAYS = 30 * 24 * 60 * A_MINUTE

export const wrapUp = defineCommand('interaction.wrapUp', {
  reads: (a) => [
    one('interaction', a.interactionId),
    ...(a.customerId ? [one('customer', a.customerId)] : []),
    ...(a.followUp ? [one('task', a.followUp.taskId), ...ownerRead(a.followUp.ownerUserId)] : []),
    ...(a.finishesTaskId ? [one('task', a.finishesTaskId)] : []),
  ],
  effect(rows, a, by) {
    if (a.customerId && !rows.get('customer', a.customerId)) return refused('CUSTOMER_UNKNOWN')
    const due =
      a.followUp &&
      (dueRefusal(a.followUp.dueAt, by) ?? ownerRefusal(rows, a.followUp.ownerUserId, by, 'followUp.ownerUserId'))
    if (due) return due
    if (a.endedAt !== null && a.endedAt < a.startedAt) return unusable('endedAt', 'endsBeforeItBegins')
    if (a.endedAt !== null && (a.talkMs ?? 0) > a.endedAt - a.startedAt) return unusable('talkMs', 'longerThanTheCall')
    const earlier = rows.get('interaction', a.interactionId)
    // A user cannot replace what a colleague wrote by wrapping up; editing it is a revision, which names its author.
    // The entry of a missed call belongs to nobody yet.
    if (earlier && earlier.userId !== null && earlier.userId !== by.actor.userId) return taken('interactionId')
    const promised = a.followUp ? rows.get('task', a.followUp.taskId) : null
    if (promised && promised.customerId !== a.customerId) return taken('followUp.taskId')
    // A contact that is wrapped up twice (from a second window, or by a retry after a crash) is still one interaction,
    // with one more revision. The second wrap-up may come from an empty draft, so the first note stays.
    const note = isBlank(a.note) && earlier ? earlier.note : a.note
    const interaction: Omit<Interaction, 'version'> = {
      id: a.interactionId,
      customerId: a.customerId,
      channel: a.channel,
      direction: a.direction,
      ...whenItWas(a, by.at),
      callId: a.callId,
      userId: by.actor.userId,
      queue: a.queue,
      waitMs: a.waitMs,
      talkMs: a.talkMs,
      matter: a.matter,
      outcome: a.outcome,
      nextStep: a.nextStep,
      note,
      revision: 1,
      ...untouched.interaction,
      ...(earlier ? { additions: earlier.additions } : {}),
      scope: 'org',
    }
    const written = earlier ? revised(earlier, interaction, by) : [upsert('interaction', interaction)]
    const followUp =
      a.followUp && !promised
        ? [
            newTask(
              {
                id: a.followUp.taskId,
                customerId: a.customerId,
                kind: taskKind(a.nextStep),
                title: a.followUp.title,
                detail: a.note,
                dueAt: a.followUp.dueAt,
                ownerUserId: a.followUp.ownerUserId,
                sourceId: a.interactionId,
                callbackNumber: a.followUp.callbackNumber,
              },
              by,
            ),
          ]
        : []
    // A colleague may have done or dropped the task meanwhile, or the contact may turn out to be with another customer.
    // The contact is stored in any case.
    const kept = a.finishesTaskId && a.finishesTaskId !== a.followUp?.taskId ? rows.get('task', a.finishesTaskId) : null
    const finished = kept && kept.status === 'open' && kept.customerId === a.customerId ? [doneTask(kept, by)] : []
    return changes(...written, ...followUp, ...finished)
  },
})

/** The next revision of a contact, and the row that keeps the text before it. */
const revised = (before: Interaction, after: Omit<Interaction, 'version'>, by: CommandContext): RowUpsert[] => [
  upsert('interaction', { ...after, revision: before.revision + 1, revisedBy: by.actor.userId, revisedAt: by.at }),
  upsert('interactionRevision', keptRevision(before)),
]

/**
 * The times of a contact that the telephone system does not know come only from the workstation's clock, which may be
 * wrong by years. Then the contact is placed so that it ended when it was wrapped up, and keeps its length. Times from
 * the telephone system are never changed.
 */
function whenItWas(
  { callId, startedAt, endedAt }: CommandArgs<'interaction.wrapUp'>,
  at: number,
): { startedAt: number; endedAt: number | null } {
  if (callId !== null && !isLocalCall(callId)) return { startedAt, endedAt }
  const off = at - (endedAt ?? startedAt)
  if (off >= -A_MINUTE && off <= THIRTY_DAYS) return { startedAt, endedAt }
  return { startedAt: Math.max(0, startedAt + off), endedAt: endedAt === null ? null : endedAt + off }
}

const taskKind = (nextStep: string | null) => {
  switch (nextStep) {
    case 'sendQuote':
    case 'sendInvoice':
    case 'checkOrder':
    case 'informColleague':
      return nextStep
    default:
      return 'callback'
  }
}

/**
 * Whether a contact is with the customer in whose record the user read it: meanwhile it may have been assigned to
 * another customer.
 */
const isWith = (interaction: Interaction, customerId: Interaction['customerId']): boolean =>
  customerId === null || interaction.customerId === customerId

export const reviseInteraction = defineCommand('interaction.revise', {
  reads: (a) => [one('interaction', a.interactionId)],
  effect(rows, a, by) {
    const interaction = rows.get('interaction', a.interactionId)
    if (!interaction || !isWith(interaction, a.customerId)) return refused('ROW_UNKNOWN')
    const isOthers = interaction.userId !== null && interaction.userId !== by.actor.userId
    if (isOthers && !may(by.actor.role, 'note.reviseOthers')) return refused('NOT_YOURS')
    if (isBlank(a.note) && !isBlank(interaction.note)) return unusable('note', 'emptyNote')
    // An edit never conflicts: it makes one more revision, and the earlier texts are kept.
    return changes(...revised(interaction, { ...interaction, note: a.note, matter: a.matter, outcome: a.outcome }, by))
  },
})

export const addToInteraction = defineCommand('interaction.add', {
  reads: (a) => [one('interaction', a.interactionId)],
  effect(rows, a, by) {
    const interaction = rows.get('interaction', a.interactionId)
    if (!interaction || !isWith(interaction, a.customerId)) return refused('ROW_UNKNOWN')
    if (interaction.additions.length >= ADDITIONS_AT_MOST) return unusable('text', 'tooLarge')
    return changes(
      upsert('interaction', {
        ...interaction,
        additions: [...interaction.additions, { by: by.actor.userId, at: by.at, text: a.text }],
      }),
    )
  },
})

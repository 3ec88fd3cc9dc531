import { outcomeOfCall } from '../../domain/call-outcome.ts'
import { idBeside } from '../../domain/id-beside.ts'
import { wrapUpProblem } from '../../domain/wrap-up-problem.ts'
import { ok, type Result } from '../../protocol/errors.ts'
import type { CommandInput } from '../../protocol/commands.ts'
import type { Outcome } from '../../protocol/entities/interaction.ts'
import type { Draft } from '../../protocol/draft.ts'
import { EARLIEST_INSTANT, LATEST_INSTANT, LONGEST_DURATION, type UserId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'

const TITLE = 120

/**
 * Builds the command from a draft when the contact is done. Refused where some of the draft's text would not get into
 * any command (`domain/wrap-up-problem.ts`): the text stays in the draft.
 */
export function wrapUpArgs(
  draft: Draft,
  desk: DeskCall | null,
  userId: UserId,
  now: number,
  leaveForms: boolean,
): Result<CommandInput<'interaction.wrapUp'>> {
  const { content } = draft
  const customerId = desk?.customerId ?? draft.customerId
  const problem = wrapUpProblem({ content, match: desk?.match ?? null, customerId, now, leaveForms })
  if (problem) return { ok: false, error: problem }
  const call = desk?.call ?? null
  const { callbackAt } = content
  // A callback time in the draft is a promise, whatever the next step says. Without another next step it means: call
  // back.
  const nextStep =
    callbackAt !== null && (content.nextStep === null || content.nextStep === 'none') ? 'callback' : content.nextStep
  return ok({
    interactionId: (desk && entryOfMissed(desk)) ?? draft.interactionId,
    customerId,
    channel: 'phone',
    direction: call?.direction === 'out' ? 'out' : 'in',
    callId: call?.callId ?? null,
    ...timesOf(call?.offeredAt ?? draft.openedAt, call?.endedAt ?? now, call),
    queue: call?.queue ?? null,
    note: content.note,
    matter: content.matter,
    outcome: content.outcome ?? (call ? outcomeOfCall(call) : null),
    nextStep,
    // The id comes from the draft, so that a wrap-up in two windows at once makes one contact and one promise.
    followUp:
      callbackAt === null
        ? null
        : {
            taskId: idBeside(draft.interactionId, 'followUp'),
            dueAt: callbackAt,
            title: titleOf(content.note),
            ownerUserId: userId,
            callbackNumber: numberOf(desk),
          },
    finishesTaskId: desk?.taskId !== undefined && settles(content.outcome, call?.talkMs ?? null) ? desk.taskId : null,
  })
}

/**
 * The server has already written a timeline entry for a missed call. That entry becomes the agent's where it is under
 * the same customer whom the agent means.
 */
const entryOfMissed = ({ call, match, customerId }: DeskCall): string | null =>
  match.kind === 'one' && match.customerId === customerId ? (call.missed?.interactionId ?? null) : null

/**
 * The times of a contact, corrected so that they fit each other: this machine's clock may have been set between two of
 * them.
 */
function timesOf(
  began: number,
  ended: number,
  call: { readonly waitMs: number | null; readonly talkMs: number | null } | null,
) {
  const within = (at: number) => Math.min(Math.max(at, EARLIEST_INSTANT), LATEST_INSTANT)
  const endedAt = within(ended)
  const startedAt = Math.min(within(began), endedAt)
  const noLonger = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? null : Math.min(ms, LONGEST_DURATION)
  const talkMs = noLonger(call?.talkMs)
  return {
    startedAt,
    endedAt,
    waitMs: noLonger(call?.waitMs),
    talkMs: talkMs === null ? null : Math.min(talkMs, endedAt - startedAt),
  }
}

/** The first line of the note says best what a task is about; the full note becomes the task's detail. */
function titleOf(note: string): string {
  const line = note.trim().split('\n')[0] ?? ''
  return line.length > TITLE ? `${line.slice(0, TITLE)}…` : line
}

/** The number that the call was with: the callback goes to it. */
const numberOf = (desk: DeskCall | null): string | null =>
  desk?.number?.e164 ??
  (desk?.number?.kind === 'number' && desk.number.raw.length <= CALLBACK_NUMBER ? desk.number.raw : null)
const CALLBACK_NUMBER = 40

/** With these outcomes the agent spoke to nobody, whatever the telephone system counted as talk time. */
const reachedNobody: readonly (Outcome | null)[] = ['noAnswer', 'wrongNumber', 'abandoned']

/** Whether a call that was made for a task finishes it: the matter was resolved, or the agent spoke to someone. */
const settles = (outcome: Outcome | null, talkMs: number | null): boolean =>
  outcome === 'resolved' || ((talkMs ?? 0) > 0 && !reachedNobody.includes(outcome))

import { badArgument, ok, type Result } from '../../protocol/errors.ts'
import type { CommandInput } from '../../protocol/commands.ts'
import type { Draft } from '../../protocol/draft.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'

const TITLE = 120

/**
 * The command that a draft becomes when the contact is done. Refused where the promised callback has no time that
 * could be read: the text stays in the draft.
 */
export function wrapUpArgs(draft: Draft, desk: DeskCall | null, userId: UserId, taskId: string, now: number): Result<CommandInput<'interaction.wrapUp'>> {
  const { content } = draft
  if (content.nextStep === 'callback' && content.callbackAt === null) {
    return badArgument('callbackAt', 'noTime')
  }
  const call = desk?.call ?? null
  const promised = content.nextStep !== null && content.nextStep !== 'none' && content.callbackAt !== null
  return ok({
    interactionId: draft.interactionId,
    customerId: desk?.customerId ?? draft.customerId,
    channel: 'phone',
    direction: call?.direction === 'out' ? 'out' : 'in',
    callId: call?.callId ?? null,
    startedAt: call?.offeredAt ?? draft.openedAt,
    endedAt: call?.endedAt ?? now,
    queue: call?.queue ?? null,
    waitMs: call?.waitMs ?? null,
    talkMs: call?.talkMs ?? null,
    note: content.note,
    matter: content.matter,
    outcome: content.outcome,
    nextStep: content.nextStep,
    followUp: promised ? { taskId, dueAt: content.callbackAt!, title: titleOf(content.note), ownerUserId: userId } : null,
  })
}

/** The first line of the note says best what a task is about. */
const titleOf = (note: string) => (note.trim().split('\n')[0] ?? '').slice(0, TITLE)

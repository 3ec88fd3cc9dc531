import { isLocalCall, localCallId } from '../../domain/local-calls.ts'
import type { CommandArgs } from '../../protocol/commands.ts'
import { badArgument, ok, type Refusal, type Result } from '../../protocol/errors.ts'
import type { CommandTransaction } from './command-store.ts'

type WrapUp = CommandArgs<'interaction.wrapUp'>

const A_DAY = 86_400_000

/**
 * A contact names its call, and this checks it against what the telephone system reported. A call that the telephone
 * system never reported becomes a direct call, which nobody takes for one of their own, with a remark that says so; its
 * text is kept. A call that was never at this user's telephone is refused. Times that differ by more than a day from
 * the telephone system's time are replaced by that time.
 */
export async function withProvenCall(
  transaction: Pick<CommandTransaction, 'agentsOfCall'>,
  args: WrapUp,
  userId: string,
): Promise<Result<{ readonly args: WrapUp; readonly remark: Refusal | null }>> {
  const { callId } = args
  if (callId === null || isLocalCall(callId)) return ok({ args, remark: null })
  const known = await transaction.agentsOfCall(callId)
  if (!known) {
    return ok({
      args: { ...args, callId: localCallId(args.interactionId), queue: null, waitMs: null, talkMs: null },
      remark: { code: 'CALL_UNPROVEN', params: {} },
    })
  }
  if (!known.agents.includes(userId)) return badArgument('callId', 'othersCall')
  if (Math.abs(args.startedAt - known.firstAt) <= A_DAY) return ok({ args, remark: null })
  const took = args.endedAt === null ? null : Math.min(Math.max(0, args.endedAt - args.startedAt), A_DAY)
  return ok({
    args: { ...args, startedAt: known.firstAt, endedAt: took === null ? null : known.firstAt + took },
    remark: null,
  })
}

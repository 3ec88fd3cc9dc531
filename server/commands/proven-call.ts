import { isLocalCall, localCallId } from '../../domain/local-calls.ts'
import type { CommandArgs } from '../../protocol/commands.ts'
import { badArgument, ok, type Refusal, type Result } from '../../protocol/errors.ts'
import type { CommandTransaction } from './command-store.ts'

type WrapUp = CommandArgs<'interaction.wrapUp'>

const A_DAY = 86_400_000

/**
 * A contact says which call it was; the telephone system's own word proves it. A call that it never spoke of becomes a
 * direct call, which nobody takes for one of its own, and says so; its text is kept. A call that rang at others alone is
 * refused. Times that are more than a day from when the call was heard of are taken from there.
 */
export async function withProvenCall(transaction: Pick<CommandTransaction, 'agentsOfCall'>, args: WrapUp, userId: string): Promise<Result<{ readonly args: WrapUp; readonly remark: Refusal | null }>> {
  const { callId } = args
  if (callId === null || isLocalCall(callId)) return ok({ args, remark: null })
  const known = await transaction.agentsOfCall(callId)
  if (!known) {
    return ok({ args: { ...args, callId: localCallId(args.interactionId), queue: null, waitMs: null, talkMs: null }, remark: { code: 'CALL_UNPROVEN', params: {} } })
  }
  if (!known.agents.includes(userId)) return badArgument('callId', 'othersCall')
  if (Math.abs(args.startedAt - known.firstAt) <= A_DAY) return ok({ args, remark: null })
  const took = args.endedAt === null ? null : Math.min(Math.max(0, args.endedAt - args.startedAt), A_DAY)
  return ok({ args: { ...args, startedAt: known.firstAt, endedAt: took === null ? null : known.firstAt + took }, remark: null })
}

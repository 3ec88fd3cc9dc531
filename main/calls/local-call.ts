import { localCallId } from '../../domain/local-calls.ts'
import { writtenIn } from '../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../domain/numbers/normalise-number.ts'
import { readParty } from '../../domain/numbers/read-party.ts'
import type { AgentCall, Party } from '../../protocol/calls.ts'
import { ok, refuse, type Result } from '../../protocol/errors.ts'
import type { CallId, UserId } from '../../protocol/scalars.ts'
import type { DeepLink } from './deep-link.ts'
import type { Desk } from './desk.ts'
import { createTurns } from './turns.ts'

/** Anyone can make a link, and each opens a tab. So no more tabs are opened than one person could have calls. */
const AT_MOST = 5

export interface LocalCallsOptions {
  readonly desk: Pick<Desk, 'calls' | 'takeLocal' | 'look'>
  readonly userId: () => UserId | null
  /** The country of numbers that are written without one. */
  readonly country: () => string | null
  readonly newId: () => string
  readonly now: () => number
}

/** Opens calls that only this workstation knows of; the same number again shows the call that is already open. */
export function createLocalCalls({
  desk,
  userId,
  country,
  newId,
  now,
}: LocalCallsOptions): (link: DeepLink) => Promise<Result<null>> {
  // One after the other: of many links at once, each must see the calls that the earlier ones have opened.
  const inTurn = createTurns<'link'>()
  const keyOf = (written: string) => {
    const { e164, display } = normaliseNumber(written, writtenIn(country()))
    return e164 ?? display.replaceAll(/\s/g, '')
  }

  return (link) =>
    inTurn('link', async () => {
      const user = userId()
      if (!user) return refuse('NOT_SIGNED_IN')
      const open = desk.calls().filter(({ local }) => local)
      const party = readParty({ kind: 'number', raw: link.number, name: null })
      const same =
        party.kind === 'number'
          ? open.find(({ call }) => call.party.kind === 'number' && keyOf(call.party.raw) === keyOf(party.raw))
          : undefined
      if (same) await desk.look(same.call.callId)
      else if (open.length >= AT_MOST) return refuse('LOCAL_CALLS_FULL', { count: open.length })
      else await desk.takeLocal(localCall(party, localCallId(newId()), user, now()))
      return ok(null)
    })
}

/** Such a call counts as talking, because no telephone system will report when it ends. */
function localCall(party: Party, callId: CallId, userId: UserId, now: number): AgentCall {
  return {
    callId,
    revision: 0,
    userId,
    direction: 'in',
    phase: 'talking',
    phaseAt: now,
    party,
    line: null,
    queue: null,
    waitMs: null,
    collected: null,
    forwardedBy: null,
    offeredAt: now,
    answeredAt: now,
    endedAt: null,
    talkMs: null,
    outcome: null,
    handedOver: null,
    givenTo: null,
    missed: null,
  }
}

import type { CallId } from '../../../protocol/scalars.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { keys } from '../../app/keys.ts'
import { callTarget, callToAnswer, controlledCalls, type CallTarget } from '../../app/on-call.ts'
import { useKeys } from '../../app/use-keys.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { useTell } from '../notice/notice-context.ts'
import { useAct } from '../notice/use-act.ts'

export interface CallControls {
  readonly target: CallTarget
  /** The ringing call that the answer key takes. */
  readonly answers: DeskCall | undefined
  answer(desk: DeskCall): void
  hold(desk: DeskCall): void
  transfer(desk: DeskCall): void
  hangUp(desk: DeskCall): void
}

/** Says in a sentence why the keys act on no call; empty where there is no call at all. */
export function whyNoTarget(
  target: CallTarget,
  calls: readonly DeskCall[],
  shown: CallId | null,
  nameOf: (desk: DeskCall) => string,
  { say }: Pick<Words, 'say'>,
): string {
  if (target.desk !== null) return ''
  const [other] = controlledCalls(calls)
  switch (target.why) {
    case 'noCall':
      return say('call/keys/noCall')
    case 'several':
      return say('call/keys/several')
    case 'otherTelephone':
      return say('call/keys/otherTelephone')
    case 'ringing': {
      const ringing = calls.find(({ call }) => call.callId === shown)
      return say('call/keys/ringing', { name: ringing ? nameOf(ringing) : '', key: keys.answer })
    }
    case 'ended':
      return other
        ? say('call/keys/endedOther', { name: nameOf(other), key: keys.goToRinging })
        : say('call/keys/ended')
    default:
      return target.why satisfies never
  }
}

/** The call keys, and what the call's buttons do: the keys act on the call on the screen. */
export function useCallKeys({
  calls,
  shown,
  nameOf,
  onShow,
  onTransfer,
}: {
  calls: readonly DeskCall[]
  /** The call whose tab is on the screen. */
  shown: CallId | null
  nameOf: (desk: DeskCall) => string
  onShow: (callId: CallId) => void
  onTransfer: (callId: CallId) => void
}): CallControls {
  const words = useWords()
  const { say } = words
  const act = useAct()
  const tell = useTell()
  const target = callTarget(calls, shown)
  const answers = callToAnswer(calls, shown)

  /** Where the call is not on the screen, tell the agent what was done, and with which caller. */
  const control = async (desk: DeskCall, action: 'hold' | 'resume' | 'hangup'): Promise<void> => {
    const { callId } = desk.call
    const result = await act('call.control', { action, callId })
    if (result.ok && callId !== shown) tell(say(`call/keys/done/${action}`, { name: nameOf(desk) }), 'done')
  }
  const hold = (desk: DeskCall): void => void control(desk, desk.call.phase === 'held' ? 'resume' : 'hold')
  const hangUp = (desk: DeskCall): void => void control(desk, 'hangup')
  const transfer = (desk: DeskCall): void => onTransfer(desk.call.callId)
  const answer = (desk: DeskCall): void => {
    void act('call.control', { action: 'answer', callId: desk.call.callId })
    onShow(desk.call.callId)
  }

  const on = (work: (desk: DeskCall) => void, whileDialing: boolean) => (): void => {
    if (target.desk === null) tell(whyNoTarget(target, calls, shown, nameOf, words), 'problem')
    else if (target.desk.call.phase === 'dialing' && !whileDialing)
      tell(say('call/keys/dialing', { name: nameOf(target.desk) }), 'problem')
    else work(target.desk)
  }
  useKeys({
    // Only a ringing call can be answered; without one the key does nothing.
    ...(answers ? { answer: () => answer(answers) } : {}),
    ...(calls.length > 0 ? { hold: on(hold, false), transfer: on(transfer, false), hangUp: on(hangUp, true) } : {}),
  })
  return { target, answers, answer, hold, transfer, hangUp }
}

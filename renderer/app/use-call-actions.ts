import type { CallId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import { useWatch } from '../bridge/use-watch.ts'
import { useWords } from '../i18n/use-words.ts'
import { whyNoTarget } from '../parts/call-strip/use-call-keys.ts'
import type { PaletteAction } from '../parts/palette/Palette.tsx'
import { keys, type KeyName } from './keys.ts'
import { callTarget, callToAnswer, controlledCalls } from './on-call.ts'
import { keyActs, strikeKey } from './use-keys.ts'

/** The calls, which of them is on the screen, and the name of each caller. */
export interface CallsAtHand {
  readonly calls: readonly DeskCall[]
  readonly shown: CallId | null
  readonly callerOf: (desk: DeskCall) => string
}

/**
 * What the palette can do with the call on the screen: the same actions as the call keys; an action that is not
 * possible says why.
 */
export function useCallActions({ calls, shown, callerOf }: CallsAtHand): () => readonly PaletteAction[] {
  const words = useWords()
  const { say } = words
  const agent = useWatch('agent.state', {}).value
  // The palette gives the focus back when it closes; an action that takes the focus must run after that.
  const act = (
    key: KeyName,
    label: string,
    more: Pick<PaletteAction, 'about' | 'unavailable'> = {},
  ): PaletteAction => ({
    key,
    label,
    shortcut: keys[key],
    run: () => void setTimeout(() => strikeKey(key), 0),
    ...more,
  })
  return () => {
    const target = callTarget(calls, shown)
    const answers = callToAnswer(calls, shown)
    const ofTarget = (key: 'hold' | 'transfer' | 'hangUp', word: string): readonly PaletteAction[] => {
      if (target.desk === null)
        return target.why === 'noCall'
          ? []
          : [act(key, word, { unavailable: whyNoTarget(target, calls, shown, callerOf, words) })]
      const waits = target.desk.call.phase === 'dialing' && key !== 'hangUp'
      const about = callerOf(target.desk)
      return [act(key, word, { about, ...(waits ? { unavailable: say('call/keys/dialing', { name: about }) } : {}) })]
    }
    const open = calls.find(({ call }) => call.callId === shown)
    const goesOn = open && open.call.phase !== 'ended' && !open.local
    const ofPanel = (['price', 'logComplaint', 'addPreference'] as const).flatMap((key) =>
      keyActs(key)
        ? [act(key, say(`shell/key/${key}`))]
        : keyActs('wrapUp')
          ? [act(key, say(`shell/key/${key}`), { unavailable: say('call/keys/nobodyChosen') })]
          : [],
    )
    const ifItActs = (
      ['editCustomer', 'who', 'note', 'callbackTime', 'extendWrapUp', 'callBack', 'goToRinging'] as const
    ).flatMap((key) => (keyActs(key) ? [act(key, say(`shell/key/${key}`))] : []))
    return [
      ...(answers ? [act('answer', say('call/answer'), { about: callerOf(answers) })] : []),
      ...ofTarget('hold', target.desk?.call.phase === 'held' ? say('call/resume') : say('call/hold')),
      ...ofTarget('transfer', say('call/transfer')),
      ...ofTarget('hangUp', say('call/hangUp')),
      ...(keyActs('wrapUp')
        ? [
            act(
              'wrapUp',
              say('shell/key/wrapUp'),
              goesOn && controlledCalls(calls).includes(open) ? { unavailable: say('call/wrapUpFirstHangUp') } : {},
            ),
          ]
        : []),
      ...ofPanel,
      ...ifItActs.filter(({ key }) => key !== 'extendWrapUp' || agent?.until != null),
    ]
  }
}

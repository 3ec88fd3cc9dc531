import { useWatch } from '../bridge/use-watch.ts'
import { useWords } from '../i18n/use-words.ts'
import { chosenReasons } from '../parts/call-strip/AgentStateMenu.tsx'
import { useAct } from '../parts/notice/use-act.ts'
import { useSignOut } from '../parts/notice/use-sign-out.ts'
import type { PaletteAction } from '../parts/palette/Palette.tsx'
import { keys } from './keys.ts'
import { useCallActions, type CallsAtHand } from './use-call-actions.ts'
import type { Place } from './workspace.ts'

/** All actions of the palette, except opening a customer. */
export function usePaletteActions({
  places,
  go,
  toggleScheme,
  showHelp,
  newCustomer,
  dark,
  call,
  erase,
}: {
  places: readonly Place[]
  go: (place: Place) => void
  toggleScheme: () => void
  showHelp: () => void
  newCustomer: () => void
  dark: boolean
  call: CallsAtHand
  /** The open customer, where the user may erase them. */
  erase: { readonly name: string; readonly ask: () => void } | null
}): () => readonly PaletteAction[] {
  const { say, language, setLanguage } = useWords()
  const act = useAct()
  const signOut = useSignOut()
  const callActions = useCallActions(call)
  const agent = useWatch('agent.state', {}).value
  const state = (name: 'READY' | 'NOT_READY' | 'WORK_READY'): string => say(`shell/agentState/${name}`)
  // While a call rings, the call decides the next state.
  const whileItRings = agent?.state === 'RESERVED' ? { unavailable: say('shell/agentState/ringsFirst') } : {}
  const wrapsUp = agent?.state === 'WORK' || agent?.state === 'WORK_READY'
  return () => [
    ...callActions(),
    ...places.map((place) => ({
      key: place,
      label: say(`shell/place/${place}`),
      shortcut: keys[place],
      run: () => go(place),
    })),
    { key: 'newCustomer', label: say('shell/key/newCustomer'), shortcut: keys.newCustomer, run: newCustomer },
    {
      key: 'ready',
      label: `${say('shell/agentState/label')}: ${state('READY')}`,
      run: () => void act('agent.setState', { state: 'READY', reason: null }),
      ...whileItRings,
    },
    ...chosenReasons.map((reason) => ({
      key: reason,
      label: `${say('shell/agentState/label')}: ${state('NOT_READY')} · ${say(`shell/reason/${reason}`)}`,
      run: () => void act('agent.setState', { state: 'NOT_READY', reason }),
      ...whileItRings,
    })),
    ...(wrapsUp
      ? [
          {
            key: 'wrapUpReady',
            label: `${say('shell/agentState/label')}: ${state('WORK_READY')}`,
            run: () => void act('agent.setState', { state: 'WORK_READY', reason: null }),
          },
        ]
      : []),
    { key: 'sendNow', label: say('shell/sync/sendNow'), run: () => void act('sync.now', {}) },
    {
      key: 'language',
      label: `${say('shell/language')}: ${language === 'zh' ? say('shell/toEnglish') : say('shell/toChinese')}`,
      run: () => setLanguage(language === 'zh' ? 'en' : 'zh'),
    },
    { key: 'scheme', label: dark ? say('shell/lightScheme') : say('shell/darkScheme'), run: toggleScheme },
    { key: 'help', label: say('shell/help'), shortcut: keys.help, run: showHelp },
    ...(erase ? [{ key: 'erase', label: say('record/erase/ofCustomer', { name: erase.name }), run: erase.ask }] : []),
    { key: 'signOut', label: say('shell/signOut'), run: () => void signOut() },
  ]
}

import Button from '@mui/material/Button'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useState } from 'react'
import { useKeys } from '../../app/use-keys.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { NotReadyReason, type AgentStateName } from '../../../protocol/calls.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Key, shortcut } from '../key/Key.tsx'
import { useAct } from '../notice/use-act.ts'
import { useSignOut } from '../notice/use-sign-out.ts'
import { Left, Since } from '../time/Since.tsx'
import { isolated } from '../../i18n/isolated.ts'

/** The reasons that an agent may choose; only the system sets the others. */
export const chosenReasons = NotReadyReason.options.filter((reason) => reason !== 'signedIn' && reason !== 'missedCall')

function meaningOf(state: AgentStateName): 'success' | 'warning' | 'info' | 'inherit' {
  switch (state) {
    case 'READY':
      return 'success'
    case 'HOLD':
      return 'info'
    case 'TALKING':
    case 'RESERVED':
      return 'inherit'
    case 'NOT_READY':
    case 'WORK':
    case 'WORK_READY':
    case 'LOGGED_OUT':
      return 'warning'
    default:
      return state satisfies never
  }
}

/** Shows the agent's own state and since when, and the menu to change it: arrows, letters and Enter work in it. */
export function AgentStateMenu() {
  const { say } = useWords()
  const act = useAct()
  const signOut = useSignOut()
  const told = useWatch('agent.state', {}).value
  // Without the server the state is unknown: do not let a clock run on the last state that it told.
  const agent = useWatch('sync.state', {}).value?.link === 'offline' ? null : told
  const identity = useWatch('session', {}).value?.identity
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null)
  const [open, setOpen] = useState(false)
  const set = (state: AgentStateName, reason: NotReadyReason | null): void => {
    setOpen(false)
    void act('agent.setState', { state, reason })
  }
  const mayBeReady = agent?.state === 'NOT_READY' || agent?.state === 'WORK' || agent?.state === 'WORK_READY'
  const wrapsUp = agent?.state === 'WORK' || agent?.state === 'WORK_READY'
  // Setting the same state again makes the server give more time.
  const extend = (): void => set(agent?.state ?? 'WORK_READY', null)
  useKeys({
    agentState: () => setOpen(true),
    ...(mayBeReady ? { ready: () => set('READY', null) } : {}),
    ...(wrapsUp ? { extendWrapUp: extend } : {}),
  })
  const mayLeave = agent === null || agent === undefined || agent.state === 'NOT_READY' || agent.state === 'LOGGED_OUT'
  // While a call rings, the call decides the next state.
  const rings = agent?.state === 'RESERVED'
  const name = agent ? say(`shell/agentState/${agent.state}`) : say('shell/agentState/unknown')
  const reason = agent?.reason ? ` · ${say(`shell/reason/${agent.reason}`)}` : ''
  // A state that the agent chose during a call is shown at once as the next one.
  const next =
    agent?.next?.state === 'NOT_READY'
      ? ` · ${say('shell/agentState/next', { state: say(`shell/reason/${agent.next.reason}`) })}`
      : ''
  return (
    <>
      <Button
        ref={setAnchor}
        variant="outlined"
        color={agent ? meaningOf(agent.state) : 'inherit'}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-keyshortcuts={shortcut('agentState')}
        aria-label={`${say('shell/agentState/label')}: ${name}${reason}${next}`}
        onClick={() => setOpen(true)}
        endIcon={<Key of="agentState" />}
        sx={{ flexShrink: 0, height: 32 }}
      >
        <span aria-hidden="true">
          ● {name}
          {reason}{' '}
          {agent && (wrapsUp && agent.until !== null ? <Left until={agent.until} /> : <Since at={agent.since} />)}
          {next}
        </span>
      </Button>
      {wrapsUp && (
        <Button
          onClick={extend}
          aria-keyshortcuts={shortcut('extendWrapUp')}
          endIcon={<Key of="extendWrapUp" />}
          sx={{ flexShrink: 0 }}
        >
          {say('shell/extendWrapUp')}
        </Button>
      )}
      {agent?.state === 'NOT_READY' && (
        <Button
          variant="contained"
          onClick={() => set('READY', null)}
          aria-keyshortcuts={shortcut('ready')}
          endIcon={<Key of="ready" />}
          sx={{ flexShrink: 0 }}
        >
          {say('shell/beReady')}
        </Button>
      )}
      <Menu open={open} anchorEl={anchor} onClose={() => setOpen(false)}>
        {identity && (
          <MenuItem disabled>
            {isolated(identity.displayName)} · {identity.login}
          </MenuItem>
        )}
        <MenuItem autoFocus disabled={rings} onClick={() => set('READY', null)}>
          {say('shell/agentState/READY')}
        </MenuItem>
        {/* The reason comes first, so that its first letter selects it. */}
        {chosenReasons.map((option) => (
          <MenuItem key={option} disabled={rings} onClick={() => set('NOT_READY', option)}>
            {say(`shell/reason/${option}`)} · {say('shell/agentState/NOT_READY')}
          </MenuItem>
        ))}
        <MenuItem disabled={!wrapsUp} onClick={() => set('WORK_READY', null)}>
          {say('shell/agentState/WORK_READY')}
        </MenuItem>
        <MenuItem
          disabled={!mayLeave}
          onClick={() => {
            setOpen(false)
            void signOut()
          }}
        >
          {mayLeave ? say('shell/signOut') : say('shell/signOutFirstPause')}
        </MenuItem>
      </Menu>
    </>
  )
}

import { styled } from '@mui/material/styles'
import { useEffect, useState } from 'react'
import { callSpokenOn, controlledCalls, isOnCall } from '../../app/on-call.ts'
import { useKeys } from '../../app/use-keys.ts'
import type { CallId } from '../../../protocol/scalars.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { callerWords } from '../caller/caller-words.ts'
import { useTell } from '../notice/notice-context.ts'
import type { CustomerNames } from '../record/customer-name.ts'
import { MissedCalls } from './MissedCalls.tsx'
import { StripCall } from './StripCall.tsx'
import { TransferDialog } from './TransferDialog.tsx'
import { useCallKeys } from './use-call-keys.ts'

const Strip = styled('section')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  minWidth: 0,
  overflow: 'hidden',
  '& .call': {
    display: 'flex',
    alignItems: 'center',
    gap: 6,
    minWidth: 0,
    flexShrink: 1,
    padding: '2px 8px',
    borderRadius: 4,
    border: `1px solid ${theme.vars.palette.divider}`,
    height: 32,
    boxSizing: 'border-box',
  },
  '& .call.ringing': {
    borderColor: theme.vars.palette.success.main,
    backgroundColor: theme.vars.palette.success.light,
  },
  '& .call.held': { borderColor: theme.vars.palette.info.main, backgroundColor: theme.vars.palette.info.light },
  '& .call.held strong': { color: theme.vars.palette.info.main },
  '& .who': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 48, flexShrink: 1 },
  '& .of': {
    display: 'inline-block',
    marginLeft: 4,
    maxWidth: 120,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    verticalAlign: 'bottom',
  },
  '& .call > *': { flexShrink: 0 },
  '& .call > .who': { flexShrink: 1 },
  // Two calls share the space: the buttons of both are shown in full, and the names take what is left.
  '&.two .call': { flex: '1 1 0', minWidth: 'min-content' },
  '&.two .who': { contain: 'inline-size', flex: '1 1 56px', minWidth: 56 },
  '& .quiet': { color: theme.vars.palette.text.secondary, whiteSpace: 'nowrap' },
  // On a narrow screen two calls have room only for their names and buttons.
  '@media (max-width: 1240px)': {
    '&.two .key-cap, &.two .call > svg, &.two .call > .quiet': { display: 'none' },
    '&.two .of': { maxWidth: 72 },
  },
}))

/**
 * The calls of this agent: nothing else changes when a call comes. Nothing in the strip takes the focus or a plain
 * letter.
 */
export function CallStrip({
  calls,
  waiting,
  open,
  onShow,
  nameOf,
}: {
  calls: readonly DeskCall[]
  /** Calls whose tab waits because the agent was busy when they came. */
  waiting: readonly CallId[]
  /** The call whose tab is on the screen. */
  open: CallId | null
  onShow: (callId: CallId) => void
  nameOf: (desk: DeskCall) => CustomerNames | undefined
}) {
  const words = useWords()
  const { say } = words
  const callerOf = (desk: DeskCall): string => callerWords(desk, words, nameOf(desk)).name
  const [transferring, setTransferring] = useTransfer(calls, callerOf)
  const controls = useCallKeys({ calls, shown: open, nameOf: callerOf, onShow, onTransfer: setTransferring })
  const ringing = calls.filter((desk) => desk.call.phase === 'ringing')
  const live = calls.filter(isOnCall)
  const controlled = controlledCalls(calls)
  const isElsewhere = (desk: DeskCall | undefined): desk is DeskCall => desk !== undefined && desk.call.callId !== open
  // From another tab the key goes to a call that waits, then to a ringing one, then to one that the agent talks on or
  // holds.
  const goTo = [
    calls.find((desk) => waiting.includes(desk.call.callId)),
    ringing[0],
    callSpokenOn(controlled),
    ...controlled,
  ].find(isElsewhere)
  useKeys(goTo ? { goToRinging: () => onShow(goTo.call.callId) } : {})

  const first = [...ringing, ...live].slice(0, 2)
  // In the order in which they came, so that a call keeps its place when it is answered.
  const shown = calls.filter((desk) => first.includes(desk))
  const more = ringing.length + live.length - shown.length
  return (
    <Strip aria-label={say('call/strip')} className={shown.length === 2 ? 'two' : undefined}>
      {shown.length === 0 && <span className="quiet">{say('call/noCall')}</span>}
      {shown.map((desk) => (
        <StripCall
          key={desk.call.callId}
          desk={desk}
          known={nameOf(desk)}
          controls={controls}
          alone={shown.length === 1}
          named={controlled.length > 1 || desk.call.callId !== open}
          namedAnswer={ringing.length > 1}
          goTo={desk === goTo}
          onShow={onShow}
        />
      ))}
      {more > 0 && <span className="quiet">{say('call/moreCalls', { count: more })}</span>}
      <MissedCalls compact={shown.length > 0} />
      {transferring && (
        <TransferDialog
          desk={transferring}
          name={controlled.length > 1 ? callerOf(transferring) : null}
          onClose={() => setTransferring(null)}
        />
      )}
    </Strip>
  )
}

/** Holds which call is being transferred. Its dialog closes when the caller hangs up, and a notice says so. */
function useTransfer(
  calls: readonly DeskCall[],
  callerOf: (desk: DeskCall) => string,
): [DeskCall | null, (callId: CallId | null) => void] {
  const { say } = useWords()
  const tell = useTell()
  const [callId, setCallId] = useState<CallId | null>(null)
  const desk = calls.find(({ call }) => call.callId === callId)
  const goesOn = desk !== undefined && isOnCall(desk)
  const [said, setSaid] = useState<string | null>(null)
  if (callId !== null && !goesOn) {
    setCallId(null)
    // A completed transfer ends the call here too, so it needs no notice.
    setSaid(
      desk?.call.outcome === 'transferred'
        ? null
        : say('call/transferTo/callerGone', { name: desk ? callerOf(desk) : '' }),
    )
  }
  useEffect(() => {
    if (said !== null) tell(said, 'problem')
  }, [said, tell])
  const begin = (next: CallId | null): void => {
    setSaid(null)
    setCallId(next)
  }
  return [goesOn ? desk : null, begin]
}

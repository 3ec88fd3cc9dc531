import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import { callSpokenOn, isOnCall } from '../../app/on-call.ts'
import { useKeys } from '../../app/use-keys.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import type { CallId } from '../../../protocol/scalars.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { callerWords } from '../caller/caller-words.ts'
import { Icon } from '../icon/Icon.tsx'
import { Key, shortcut } from '../key/Key.tsx'
import { State } from '../list-table/State.tsx'
import { useAct } from '../notice/use-act.ts'
import { Since } from '../time/Since.tsx'
import type { CustomerNames } from '../record/customer-name.ts'
import { queueName } from './queue-name.ts'
import { TransferDialog } from './TransferDialog.tsx'

const Strip = styled('section')(({ theme }) => ({
  display: 'flex', alignItems: 'center', gap: 8, minWidth: 0, overflow: 'hidden',
  '& .call': { display: 'flex', alignItems: 'center', gap: 6, minWidth: 0, flexShrink: 1, padding: '2px 8px', borderRadius: 4, border: `1px solid ${theme.vars.palette.divider}`, height: 32, boxSizing: 'border-box' },
  '& .call.ringing': { borderColor: theme.vars.palette.success.main, backgroundColor: theme.vars.palette.success.light },
  '& .who': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 48, flexShrink: 1 },
  '& .call > *': { flexShrink: 0 },
  '& .call > .who': { flexShrink: 1 },
  // Two share the room: what can be pressed is whole in both, and only the names are as long as what is left.
  '&.two .call': { flex: '1 1 0', minWidth: 'min-content' },
  '&.two .who': { contain: 'inline-size', flex: '1 1 56px', minWidth: 56 },
  '& .quiet': { color: theme.vars.palette.text.secondary, whiteSpace: 'nowrap' },
}))

/** The calls of this desk: the only thing that changes when one comes. Nothing in it takes the focus or a plain letter. */
export function CallStrip({ calls, waiting, open, onShow, nameOf }: {
  calls: readonly DeskCall[]
  /** Calls whose tab waits because the agent was busy. */
  waiting: readonly CallId[]
  /** The call whose tab is on the screen. */
  open: CallId | null
  onShow: (callId: CallId) => void
  nameOf: (desk: DeskCall) => CustomerNames | undefined
}) {
  const words = useWords()
  const { say, formats } = words
  const act = useAct()
  const agent = useWatch('agent.state', {}).value
  const [transferring, setTransferring] = useState<DeskCall | null>(null)
  const ringing = calls.filter((desk) => desk.call.phase === 'ringing')
  const live = calls.filter(isOnCall)
  // A call that came without the center is on some other telephone: it cannot be held or hung up from here.
  const ours = live.filter((desk) => !desk.local)
  const onCall = callSpokenOn(ours)
  const firstRinging = ringing[0]
  const hold = (desk: DeskCall): void => void act('call.control', { action: desk.call.phase === 'held' ? 'resume' : 'hold', callId: desk.call.callId })
  // From another tab: to who waits, to who rings, else back to who is spoken to.
  const goTo = calls.find((desk) => waiting.includes(desk.call.callId)) ?? firstRinging ?? (onCall && onCall.call.callId !== open ? onCall : undefined)

  // How long somebody is held is what counts then; the telephone system says it of the agent, not of the call.
  const heldSince = agent?.state === 'HOLD' ? agent.since : null
  const runsFrom = ({ call }: DeskCall): number | null =>
    call.phase === 'held' ? heldSince : call.phase === 'ringing' || call.answeredAt === null ? call.offeredAt : call.answeredAt

  const answer = (desk: DeskCall): void => {
    void act('call.control', { action: 'answer', callId: desk.call.callId })
    onShow(desk.call.callId)
  }
  useKeys({
    // Only a call that rings can be answered; with none the key does nothing.
    ...(firstRinging ? { answer: () => answer(firstRinging) } : {}),
    ...(goTo ? { goToRinging: () => onShow(goTo.call.callId) } : {}),
    ...(onCall ? { hangUp: () => void act('call.control', { action: 'hangup', callId: onCall.call.callId }) } : {}),
    ...(onCall && onCall.call.phase !== 'dialing' ? { hold: () => hold(onCall), transfer: () => setTransferring(onCall) } : {}),
  })

  const first = [...ringing, ...live].slice(0, 2)
  // In the order in which they came: a call that is answered stays where it rang.
  const shown = calls.filter((desk) => first.includes(desk))
  const alone = shown.length === 1
  const more = ringing.length + live.length - shown.length
  return (
    <Strip aria-label={say('call/strip')} className={shown.length === 2 ? 'two' : undefined}>
      {shown.length === 0 && <span className="quiet">{say('call/noCall')}</span>}
      {shown.map((desk) => {
        const { call } = desk
        const { name, number } = callerWords(desk, words, nameOf(desk))
        const isRinging = call.phase === 'ringing'
        const from = runsFrom(desk)
        return (
          <div key={call.callId} role="group" aria-label={`${say(`call/phase/${call.phase}`)} ${name} ${number}`} className={`call ${call.phase}`}>
            <Icon name="phone" />
            <strong style={{ whiteSpace: 'nowrap' }}>{say(`call/phase/${call.phase}`)} {from !== null && <Since at={from} />}</strong>
            <span className="who" title={[name, number, call.queue && queueName(call.queue, words)].filter(Boolean).join(' · ')}>{/* Beside another call there is room for the name alone. */}
              {[name, name === number || !alone ? '' : number].filter(Boolean).join(' · ')}
            </span>
            {alone && call.queue !== null && <span className="quiet">{queueName(call.queue, words)}</span>}
            {alone && isRinging && call.waitMs !== null && call.waitMs >= 1000 && <span className="quiet">{say('call/waited', { time: formats.duration(call.waitMs) })}</span>}
            {desk.local && <span title={say('call/local')}><State meaning="warning">{alone ? say('call/local') : say('call/localShort')}</State></span>}
            {isRinging && desk === firstRinging && <Button variant="contained" color="success" onClick={() => answer(desk)} aria-keyshortcuts={shortcut('answer')} endIcon={<Key of="answer" />}>{say('call/answer')}</Button>}
            {isRinging && desk !== firstRinging && <Button onClick={() => answer(desk)}>{say('call/answer')}</Button>}
            {desk === goTo && call.callId !== open && <Button onClick={() => onShow(call.callId)} aria-keyshortcuts={shortcut('goToRinging')} endIcon={<Key of="goToRinging" />}>{say('call/goThere')}</Button>}
            {desk === onCall && call.phase !== 'dialing' && (
              <>
                <Button onClick={() => hold(desk)} aria-keyshortcuts={shortcut('hold')} endIcon={<Key of="hold" />}>{call.phase === 'held' ? say('call/resume') : say('call/hold')}</Button>
                <Button onClick={() => setTransferring(desk)} aria-keyshortcuts={shortcut('transfer')} endIcon={<Key of="transfer" />}>{say('call/transfer')}</Button>
              </>
            )}
            {desk === onCall && <Button color="error" onClick={() => void act('call.control', { action: 'hangup', callId: call.callId })} aria-keyshortcuts={shortcut('hangUp')} endIcon={<Key of="hangUp" />}>{say('call/hangUp')}</Button>}
          </div>
        )
      })}
      {more > 0 && <span className="quiet">{say('call/moreCalls', { count: more })}</span>}
      {transferring && <TransferDialog desk={transferring} onClose={() => setTransferring(null)} />}
    </Strip>
  )
}

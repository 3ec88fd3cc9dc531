import Button from '@mui/material/Button'
import type { CallId } from '../../../protocol/scalars.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { callerWords } from '../caller/caller-words.ts'
import { Icon } from '../icon/Icon.tsx'
import { Key, shortcut } from '../key/Key.tsx'
import { State } from '../list-table/State.tsx'
import type { CustomerNames } from '../record/customer-name.ts'
import { Since } from '../time/Since.tsx'
import { phaseSince, usePhaseWords } from './phase-words.ts'
import { queueName } from './queue-name.ts'
import type { CallControls } from './use-call-keys.ts'

/** One call in the strip: its phase and since when, the caller, and the buttons that are possible now. */
export function StripCall({
  desk,
  known,
  controls,
  alone,
  named,
  namedAnswer,
  goTo,
  onShow,
}: {
  desk: DeskCall
  known: CustomerNames | undefined
  controls: CallControls
  /** Whether it is the only call in the strip, with room for all that is known of it. */
  alone: boolean
  /** Whether the caller's name is on the buttons, because it is not the only call or not on the screen. */
  named: boolean
  namedAnswer: boolean
  /** Whether the key that goes to another call goes to this one. */
  goTo: boolean
  onShow: (callId: CallId) => void
}) {
  const words = useWords()
  const { say, formats } = words
  const phaseWords = usePhaseWords()
  const { call } = desk
  const { name, number } = callerWords(desk, words, known)
  const { target, answers, answer, hold, transfer, hangUp } = controls
  const isTarget = target.desk === desk
  const isRinging = call.phase === 'ringing'
  const since = phaseSince(call)
  const back = phaseWords.back(call)
  const of = (action: string): string => (named ? `${action} ${name}` : action)
  return (
    <div role="group" aria-label={`${phaseWords.phase(call)} ${name} ${number}`} className={`call ${call.phase}`}>
      <Icon name="phone" />
      <strong style={{ whiteSpace: 'nowrap' }}>
        {phaseWords.phase(call)} {since !== null && <Since at={since} />}
      </strong>
      {call.phase === 'held' && call.answeredAt !== null && (
        <span className="quiet" title={say('call/wholeCall')}>
          / <Since at={call.answeredAt} />
        </span>
      )}
      <span
        className="who"
        title={[name, number, call.queue && queueName(call.queue, words), back].filter(Boolean).join(' · ')}
      >
        {/* Beside another call there is room only for the name. */}
        {[name, name === number || !alone ? '' : number].filter(Boolean).join(' · ')}
      </span>
      {back !== '' && <State meaning="warning">{back}</State>}
      {alone && back === '' && call.queue !== null && <span className="quiet">{queueName(call.queue, words)}</span>}
      {alone && isRinging && call.waitMs !== null && call.waitMs >= 1000 && (
        <span className="quiet">{say('call/waited', { time: formats.duration(call.waitMs) })}</span>
      )}
      {desk.local && (
        <span title={say('call/local')}>
          <State meaning="warning">{alone ? say('call/local') : say('call/localShort')}</State>
        </span>
      )}
      {isRinging && desk === answers && (
        <Button
          variant="contained"
          color="success"
          aria-label={namedAnswer ? `${say('call/answer')} ${name}` : say('call/answer')}
          onClick={() => answer(desk)}
          aria-keyshortcuts={shortcut('answer')}
          endIcon={<Key of="answer" />}
        >
          {say('call/answer')}
          {namedAnswer && <span className="of">{name}</span>}
        </Button>
      )}
      {isRinging && desk !== answers && (
        <Button aria-label={`${say('call/answer')} ${name}`} onClick={() => answer(desk)}>
          {say('call/answer')}
        </Button>
      )}
      {goTo && (
        <Button
          onClick={() => onShow(call.callId)}
          aria-keyshortcuts={shortcut('goToRinging')}
          endIcon={<Key of="goToRinging" />}
        >
          {say('call/goThere')}
        </Button>
      )}
      {isTarget && call.phase !== 'dialing' && (
        <>
          <Button
            aria-label={of(call.phase === 'held' ? say('call/resume') : say('call/hold'))}
            onClick={() => hold(desk)}
            aria-keyshortcuts={shortcut('hold')}
            endIcon={<Key of="hold" />}
          >
            {call.phase === 'held' ? say('call/resume') : say('call/hold')}
          </Button>
          <Button
            aria-label={of(say('call/transfer'))}
            onClick={() => transfer(desk)}
            aria-keyshortcuts={shortcut('transfer')}
            endIcon={<Key of="transfer" />}
          >
            {say('call/transfer')}
          </Button>
        </>
      )}
      {isTarget && (
        <Button
          color="error"
          aria-label={of(say('call/hangUp'))}
          onClick={() => hangUp(desk)}
          aria-keyshortcuts={shortcut('hangUp')}
          endIcon={<Key of="hangUp" />}
        >
          {say('call/hangUp')}
          {named && <span className="of">{name}</span>}
        </Button>
      )}
    </div>
  )
}

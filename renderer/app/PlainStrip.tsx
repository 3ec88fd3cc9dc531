import Button from '@mui/material/Button'
import { useWords } from '../i18n/use-words.ts'
import { useAct } from '../parts/notice/use-act.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import { useKeys } from './use-keys.ts'

/**
 * Shows the calls with only the buttons that answer and end them, for when the call strip itself has failed. It shows
 * no record, name or time, so it has nothing that could fail in the same way.
 */
export function PlainStrip({ calls }: { calls: readonly DeskCall[] }) {
  const { say } = useWords()
  const act = useAct()
  const live = calls.filter(({ call, local }) => !local && call.phase !== 'ended')
  const ringing = live.find(({ call }) => call.phase === 'ringing')
  const talking = live.find(({ call }) => call.phase === 'talking')
  const control = (action: 'answer' | 'hangup', { call }: DeskCall): void =>
    void act('call.control', { action, callId: call.callId })
  useKeys({
    ...(ringing ? { answer: () => control('answer', ringing) } : {}),
    ...(talking ? { hangUp: () => control('hangup', talking) } : {}),
  })
  return (
    <section aria-label={say('call/strip')} style={{ display: 'flex', gap: 8 }}>
      {live.map((desk) => (
        <span key={desk.call.callId}>
          {say(`call/phase/${desk.call.phase}`)}{' '}
          {desk.call.phase === 'ringing' ? (
            <Button variant="contained" color="success" onClick={() => control('answer', desk)}>
              {say('call/answer')}
            </Button>
          ) : (
            <Button color="error" onClick={() => control('hangup', desk)}>
              {say('call/hangUp')}
            </Button>
          )}
        </span>
      ))}
    </section>
  )
}

import { styled } from '@mui/material/styles'
import { useRef } from 'react'
import { useLeft } from '../../app/stores.ts'
import { useKeys } from '../../app/use-keys.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Key } from '../key/Key.tsx'
import { useAct } from '../notice/use-act.ts'
import { CustomerSearch } from '../search/CustomerSearch.tsx'
import { CaptureForm } from './CaptureForm.tsx'
import { Chooser } from './Chooser.tsx'

const Frame = styled('div')(({ theme }) => ({
  padding: 12, overflowY: 'auto', display: 'grid', gap: 12, alignContent: 'start',
  '& h2': { margin: '0 0 8px', fontSize: 15, lineHeight: '20px' },
  // The label of the field below stands on its edge.
  '& h3': { margin: '12px 0 10px', fontSize: 12, color: theme.vars.palette.text.secondary },
  '& p': { margin: '0 0 8px', color: theme.vars.palette.text.secondary },
}))

/** A call whose customer is not settled: choose, capture, or search. */
export function WhoIsIt({ desk, now }: { desk: DeskCall; now: number }) {
  const { say, refusal } = useWords()
  const act = useAct()
  const { callId } = desk.call
  const [text, setText] = useLeft(`${callId} search`, '')
  const { match } = desk
  const frame = useRef<HTMLDivElement>(null)
  useKeys({ who: () => frame.current?.querySelector('input')?.focus() })
  const known = match.kind === 'withheld' || match.kind === 'ours'
  return (
    <Frame ref={frame}>
      {desk.unread && <p role="status">{refusal(desk.unread)}</p>}
      {match.kind === 'several' && (
        <section>
          <h2>{say('call/chooser/title')}</h2>
          <p>{say('call/chooser/hint')}</p>
          <Chooser candidates={match.candidates} now={now} label={say('call/chooser/title')} onPick={(customerId) => void act('desk.pick', { callId, customerId, once: false })} />
        </section>
      )}
      {(match.kind === 'none' || match.kind === 'one') && <CaptureForm desk={desk} now={now} />}
      {known && <p>{match.kind === 'withheld' ? say('call/withheldText') : say('call/ownLine')} <Key of="who" /></p>}
      <section>
        {!known && <h3>{say('call/chooser/searchInstead')} {match.kind === 'several' && <Key of="who" />}</h3>}
        <CustomerSearch text={text} onText={setText} label={known ? say('call/searchCaller') : say('record/search/label')} quietWhenEmpty={!known} maxHeight={280} onPick={(hit) => void act('desk.pick', { callId, customerId: hit.customerId, once: known })} />
      </section>
    </Frame>
  )
}

import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useRef, useState } from 'react'
import { keys } from '../../app/keys.ts'
import { useDraft, useLeft } from '../../app/stores.ts'
import { useKeys } from '../../app/use-keys.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useOnce } from '../form/use-once.ts'
import { Key, shortcut } from '../key/Key.tsx'
import { useAct } from '../notice/use-act.ts'
import { CustomerSearch } from '../search/CustomerSearch.tsx'
import { CaptureForm } from './CaptureForm.tsx'
import { Chooser } from './Chooser.tsx'
import { nextStop } from './next-stop.ts'
import { useTyping } from './use-typing.ts'

const Frame = styled('div')(({ theme }) => ({
  padding: 12,
  overflowY: 'auto',
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 12,
  '& button': { whiteSpace: 'normal' },
  alignContent: 'start',
  '& h2': { margin: '0 0 8px', fontSize: 15, lineHeight: '20px' },
  // Leaves room for the label of the field below, which sits on the field's edge.
  '& h3': { margin: '12px 0 10px', fontSize: 12, color: theme.vars.palette.text.secondary },
  '& p': { margin: '0 0 8px', color: theme.vars.palette.text.secondary },
}))

/** For a call whose customer is not known yet: choose a candidate, search, or create a new customer. */
export function WhoIsIt({ desk, now }: { desk: DeskCall; now: number }) {
  const { say, refusal } = useWords()
  const act = useAct()
  const { once } = useOnce()
  const typing = useTyping()
  const { callId } = desk.call
  const { match } = desk
  const draftKey = desk.draft.key
  const [text, setText] = useLeft(`${callId} search`, '')
  const { content, change } = useDraft(draftKey)
  const frame = useRef<HTMLDivElement>(null)
  /** It increases with each press of the key, so that a form that is already open takes the focus again. */
  const [asked, setAsked] = useState(0)
  const [opened, setOpened] = useLeft(`${callId} new customer`, false)

  const notLookedUp = match.kind === 'withheld' || match.kind === 'ours'
  const choosing = match.kind === 'several' && !content.noneOfThem
  const capturing =
    match.kind === 'several' ? content.noneOfThem : notLookedUp ? opened || content.capture !== null : true
  const number = notLookedUp ? '' : (desk.number?.display ?? '')
  const suggestions = match.kind === 'none' ? match.suggestions : []

  const pick = (customerId: CustomerId, justOnce: boolean): void =>
    void once(() => act('desk.pick', { callId, customerId, once: justOnce }))
  const writeDown = (): void => {
    if (match.kind === 'several') change({ noneOfThem: true })
    setOpened(true)
    setAsked(asked + 1)
  }
  useKeys({ who: () => nextStop(frame.current)?.focus(), newCustomer: writeDown })

  return (
    <Frame ref={frame}>
      {desk.unread && <p role="status">{refusal(desk.unread)}</p>}
      {choosing && (
        <section>
          <h2>{say('call/chooser/title')}</h2>
          <p>{typing ? say('call/chooser/hintTyping', { key: keys.who }) : say('call/chooser/hint')}</p>
          <Chooser
            candidates={match.candidates}
            now={now}
            label={say('call/chooser/title')}
            onPick={(customerId) => pick(customerId, false)}
            none={{ label: say('call/chooser/noneOfThem'), choose: writeDown }}
          />
        </section>
      )}
      {match.kind === 'withheld' && <p>{say('call/withheldText')}</p>}
      {match.kind === 'ours' && <p>{say('call/ownLine')}</p>}
      {capturing && (
        <section aria-label={say('call/capture/newCustomer')}>
          <h2>
            {match.kind === 'none' || match.kind === 'one'
              ? say('call/capture/title')
              : say('call/capture/newCustomer')}
            {number === '' ? '' : `: ${number}`} <Key of="who" />
          </h2>
          <CaptureForm
            key={asked}
            draftKey={draftKey}
            number={number}
            autoFocus={asked > 0}
            onKnown={(customerId) => pick(customerId, notLookedUp)}
          />
          {match.kind === 'several' && (
            <Button onClick={() => change({ noneOfThem: false })} sx={{ mt: 1 }}>
              {say('call/chooser/back', { count: match.candidates.length })}
            </Button>
          )}
        </section>
      )}
      {suggestions.length > 0 && (
        <section>
          <h3>
            {say('call/capture/suggestions')} {typing ? say('call/chooser/hintTyping', { key: keys.who }) : ''}
          </h3>
          <Chooser
            candidates={suggestions}
            now={now}
            label={say('call/capture/suggestions')}
            onPick={(customerId) => pick(customerId, true)}
          />
        </section>
      )}
      <section>
        <h3>
          {notLookedUp ? say('call/searchCaller') : say('call/chooser/searchInstead')} <Key of="who" />
        </h3>
        <CustomerSearch
          text={text}
          onText={setText}
          label={notLookedUp ? say('call/searchCaller') : say('record/search/label')}
          quietWhenEmpty={!notLookedUp}
          maxHeight={280}
          isStop
          onPick={(hit) => pick(hit.customerId, notLookedUp)}
        />
        {!capturing && (
          <Button
            variant="outlined"
            sx={{ mt: 1 }}
            onClick={writeDown}
            aria-keyshortcuts={shortcut('newCustomer')}
            endIcon={<Key of="newCustomer" />}
          >
            {say('call/capture/newCustomer')}
          </Button>
        )}
      </section>
    </Frame>
  )
}

import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { styled } from '@mui/material/styles'
import { useRef, useState, type ReactNode } from 'react'
import { callbackTime } from '../../../domain/callback-time.ts'
import type { DraftContent } from '../../../protocol/draft.ts'
import { Matter, NextStep, Outcome } from '../../../protocol/entities/interaction.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { keys, type KeyName } from '../../app/keys.ts'
import { useDraft, useLeft, useStores } from '../../app/stores.ts'
import { useKeys } from '../../app/use-keys.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Key, shortcut } from '../key/Key.tsx'
import { useTell } from '../notice/notice-context.ts'
import { useAct } from '../notice/use-act.ts'
import { PriceForm } from '../price/PriceForm.tsx'
import { useNow } from '../time/use-now.ts'
import { Choice } from './Choice.tsx'
import { ComplaintForm } from './ComplaintForm.tsx'
import { PreferenceForm } from './PreferenceForm.tsx'
import { SaveLine } from './SaveLine.tsx'

const Frame = styled('aside')(({ theme }) => ({
  display: 'grid', gridTemplateRows: 'auto 1fr auto', minHeight: 0, backgroundColor: theme.vars.palette.background.paper, borderLeft: `1px solid ${theme.vars.palette.divider}`,
  '& > h2': { margin: 0, padding: '8px 12px 4px', fontSize: 12, letterSpacing: '0.04em', color: theme.vars.palette.text.secondary },
  '& .fields': { overflowY: 'auto', padding: '10px 12px 4px', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 8, alignContent: 'start' },
  '& .pair': { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '14px 8px', paddingTop: 4 },
  '& .foot': { padding: '8px 12px', borderTop: `1px solid ${theme.vars.palette.divider}` },
  '& .more': { display: 'grid', gap: 2, justifyItems: 'start' },
}))

type Extra = 'price' | 'complaint' | 'preference'
const extraTitles = { price: 'record/price/title', complaint: 'record/complaintForm/title', preference: 'record/preferenceForm/title' } as const
const extraKeys = { price: 'price', complaint: 'logComplaint', preference: 'addPreference' } as const satisfies Record<Extra, KeyName>
const extras: readonly Extra[] = ['price', 'complaint', 'preference']

/** Forms with something in them that was never sent. */
function begun({ quote, complaint, preference }: DraftContent): readonly Extra[] {
  const has = { price: quote !== null && (quote.price.trim() !== '' || quote.productId !== null), complaint: complaint !== null && (complaint.subject + complaint.description).trim() !== '', preference: preference !== null && preference.value.trim() !== '' }
  return extras.filter((extra) => has[extra])
}

/** Whom and what the panel is for. `ended`: the call is over (or there was none, or nobody tells when it is), so it may be wrapped up. */
export interface Contact {
  readonly draftKey: string
  readonly title: string
  readonly ended: boolean
  readonly isCall: boolean
  readonly record: CustomerRecord | null
}

/** This call: the note, how it ended, what follows; and what can be done for the customer meanwhile. */
export function ContactPanel({ contact, onWrapped, children }: { contact: Contact; onWrapped: () => void; children?: ReactNode }) {
  const { draftKey, ended, isCall, record } = contact
  const { say, formats } = useWords()
  const tell = useTell()
  const act = useAct()
  const { drafts } = useStores()
  const { content, save, change } = useDraft(draftKey)
  const note = useRef<HTMLTextAreaElement>(null)
  const extraFrame = useRef<HTMLDivElement>(null)
  const [extra, setExtra] = useLeft<Extra | null>(`${draftKey} extra`, null)
  const [wrapping, setWrapping] = useState(false)
  const warned = useRef(false)
  const unfinished = begun(content)
  const now = useNow(10_000)

  const wrapUp = async (): Promise<void> => {
    if (wrapping) return
    if (!ended) return tell(say('call/wrapUpFirstHangUp'), 'problem')
    if (!isCall && content.note.trim() === '') return tell(say('call/nothingToSave'), 'problem')
    if (content.nextStep === 'callback' && content.callbackAt === null) return tell(say('call/callbackNeedsTime'), 'problem')
    const [left] = unfinished
    if (record && left !== undefined && !warned.current) {
      warned.current = true
      setExtra(left)
      return tell(say('call/unfinished', { what: say(extraTitles[left]), key: keys.wrapUp }), 'problem')
    }
    setWrapping(true)
    const flushed = await drafts.flush(draftKey)
    const result = flushed ? await act('desk.wrapUp', { key: draftKey }) : null
    setWrapping(false)
    if (!result?.ok) return
    drafts.forget(draftKey)
    tell(say('call/wrapped'), 'done')
    onWrapped()
  }
  useKeys({
    note: () => note.current?.focus(),
    wrapUp: () => void wrapUp(),
    ...(record ? { price: () => setExtra('price'), logComplaint: () => setExtra('complaint'), addPreference: () => setExtra('preference') } : {}),
  })

  // Who leaves a form by a key goes on writing the note.
  const closeExtra = (): void => {
    setExtra(null)
    warned.current = false
    if (extraFrame.current?.contains(document.activeElement)) note.current?.focus()
  }

  const setCallback = (text: string): void => {
    const at = callbackTime(text, Date.now(), formats.timeZone)
    change({ callbackText: text, callbackAt: at, ...(at !== null && (content.nextStep === null || content.nextStep === 'none') ? { nextStep: 'callback' as const } : {}) })
  }
  const callbackWords = content.callbackText === '' ? ' '
    : content.callbackAt === null ? say('call/callbackUnclear')
      : content.callbackAt <= now ? say('call/callbackPast') : say('call/callbackMeans', { time: formats.exact(content.callbackAt) })
  const callbackWrong = content.callbackText !== '' && (content.callbackAt === null || content.callbackAt <= now)

  return (
    <Frame aria-label={contact.title}>
      <h2>{contact.title}</h2>
      <div className="fields">
        {children}
        <TextField
          label={<>{say('call/note')} <Key of="note" /></>} value={content.note} multiline onChange={(event) => change({ note: event.target.value })}
          slotProps={{ input: { inputComponent: 'textarea' }, htmlInput: { ref: note, rows: 5, maxLength: 20_000, style: { resize: 'vertical', height: 'auto' }, 'aria-keyshortcuts': shortcut('note'), 'aria-label': say('call/note') }, inputLabel: { shrink: true } }} placeholder={say('call/notePlaceholder')}
        />
        <SaveLine save={save} />
        <div className="pair">
          <Choice label={say('call/matter')} value={content.matter} options={Matter.options} word={(option) => say(`call/matters/${option}`)} none={say('call/notChosen')} onChange={(matter) => change({ matter })} />
          <Choice label={say('call/outcome')} value={content.outcome} options={Outcome.options} word={(option) => say(`call/outcomes/${option}`)} none={say('call/notChosen')} onChange={(outcome) => change({ outcome })} />
          <Choice label={say('call/nextStep')} value={content.nextStep} options={NextStep.options} word={(option) => say(`call/nextSteps/${option}`)} none={say('call/notChosen')} onChange={(nextStep) => change({ nextStep })} />
          <TextField
            label={say('call/callback')} value={content.callbackText} error={callbackWrong} placeholder={say('call/callbackPlaceholder')} autoComplete="off"
            onChange={(event) => setCallback(event.target.value)} slotProps={{ htmlInput: { maxLength: 300, 'aria-describedby': `${draftKey}-callback` }, inputLabel: { shrink: true } }}
          />
        </div>
        <SmallLine id={`${draftKey}-callback`} wrong={callbackWrong}>{callbackWords}</SmallLine>
        {record && extra === null && (
          <div className="more">
            {extras.map((name) => (
              <Button key={name} onClick={() => setExtra(name)} aria-keyshortcuts={shortcut(extraKeys[name])} endIcon={<Key of={extraKeys[name]} />}>
                {say(extraTitles[name])}{unfinished.includes(name) ? ` · ${say('call/begun')}` : ''}
              </Button>
            ))}
          </div>
        )}
        <div ref={extraFrame}>
          {record && extra === 'price' && <PriceForm record={record} draftKey={draftKey} onClose={closeExtra} />}
          {record && extra === 'complaint' && <ComplaintForm record={record} draftKey={draftKey} onClose={closeExtra} />}
          {record && extra === 'preference' && <PreferenceForm record={record} draftKey={draftKey} onClose={closeExtra} />}
        </div>
      </div>
      <div className="foot">
        <Button fullWidth variant={ended ? 'contained' : 'outlined'} onClick={() => void wrapUp()} disabled={wrapping} aria-keyshortcuts={shortcut('wrapUp')} endIcon={<Key of="wrapUp" />}>
          {isCall ? say('call/wrapUp') : say('call/saveContact')}
        </Button>
      </div>
    </Frame>
  )
}

const SmallLine = styled('p', { shouldForwardProp: (prop) => prop !== 'wrong' })<{ wrong: boolean }>(({ theme, wrong }) => ({
  margin: '-4px 0 0', minHeight: 16, fontSize: 12, lineHeight: '16px', color: wrong ? theme.vars.palette.error.main : theme.vars.palette.text.secondary,
}))

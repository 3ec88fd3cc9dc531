import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { memo, useDeferredValue, useRef, useState } from 'react'
import { editBegun } from '../../../domain/customer-edit.ts'
import { hasTyped } from '../../../domain/typed-content.ts'
import { captureBegun, contactForms, unfinishedForms, type ContactForm } from '../../../domain/unfinished-forms.ts'
import { wrapUpProblem } from '../../../domain/wrap-up-problem.ts'
import type { DraftContent } from '../../../protocol/draft.ts'
import type { Outcome } from '../../../protocol/entities/interaction.ts'
import type { Refusal } from '../../../protocol/errors.ts'
import type { Match } from '../../../protocol/match.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { LONG_TEXT, type CustomerId } from '../../../protocol/scalars.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { keys } from '../../app/keys.ts'
import { FailureFence } from '../../app/FailureFence.tsx'
import { useDraft, useLeft, useStores } from '../../app/stores.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useKeys } from '../../app/use-keys.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Key, shortcut } from '../key/Key.tsx'
import { useTell } from '../notice/notice-context.ts'
import { useAct, useRun } from '../notice/use-act.ts'
import { DRAFT_FIELD } from '../form/use-field-place.ts'
import { PriceForm } from '../price/PriceForm.tsx'
import { ComplaintForm } from './ComplaintForm.tsx'
import { FollowUp } from './FollowUp.tsx'
import { formKeys, formTitles } from './forms.ts'
import { DraftField } from '../form/LimitedField.tsx'
import { PreferenceForm } from './PreferenceForm.tsx'
import { SaveLine } from './SaveLine.tsx'

const Frame = styled('aside')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gridTemplateRows: 'auto minmax(0, 1fr) auto',
  minHeight: 0,
  minWidth: 0,
  backgroundColor: theme.vars.palette.background.paper,
  borderLeft: `1px solid ${theme.vars.palette.divider}`,
  '& > h2': {
    margin: 0,
    padding: '8px 12px 4px',
    fontSize: 12,
    letterSpacing: '0.04em',
    color: theme.vars.palette.text.secondary,
  },
  '& .fields': {
    overflowY: 'auto',
    padding: '10px 12px 4px',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: 8,
    alignContent: 'start',
  },
  '& .foot': { padding: '8px 12px', borderTop: `1px solid ${theme.vars.palette.divider}` },
  '& textarea[aria-keyshortcuts]': { minHeight: 108, '@media (min-height: 900px)': { minHeight: 260 } },
  '& .said': { margin: 0, whiteSpace: 'pre-line', overflowWrap: 'anywhere', color: theme.vars.palette.text.secondary },
  '& .more': { display: 'grid', gap: 2, justifyItems: 'start' },
}))

/** Two presses within this time count as one. The time of the first is kept where it outlives the panel. */
const DOUBLE_PRESS_MS = 500
const PRESSED_AT = 'wrap-up pressed'
const notePress = (left: Map<string, unknown>): void => void left.set(PRESSED_AT, Date.now())
const isSecondPress = (left: ReadonlyMap<string, unknown>): boolean =>
  Date.now() - Number(left.get(PRESSED_AT) ?? 0) < DOUBLE_PRESS_MS

/** Which draft, call and customer the panel is for. */
export interface ContactPanelProps {
  readonly draftKey: string
  readonly title: string
  /**
   * Whether the contact may be wrapped up: the call is over, or there was none, or no telephone system reports its end.
   */
  readonly ended: boolean
  readonly isCall: boolean
  /** For a call: how its number was matched, and the customer that it is with. */
  readonly caller?: Pick<DeskCall, 'match' | 'customerId'>
  readonly record: CustomerRecord | null
  /** What a colleague said when handing the call over. */
  readonly said?: string | undefined
  /** How the call ended, where the telephone system knows it; the agent may say otherwise. */
  readonly outcome?: Outcome | null
  readonly onWrapped: () => void
}

/**
 * The form that a draft's field belongs to: after a reload that form is open again where the user was writing in it.
 */
const formOf = (field: string | null): ContactForm | null =>
  contactForms.find((form) => field?.startsWith(`${form}.`)) ?? null

/** What prevents a wrap-up now, apart from forms that were begun: the panel asks about those one by one. */
const problemNow = (content: DraftContent, match: Match | null, customerId: CustomerId | null): Refusal | null =>
  wrapUpProblem({ content, match, customerId, now: Date.now(), leaveForms: true })

/** Which of a call's reason and outcome is not chosen; null where both are chosen. */
const unchosenIn = ({ matter, outcome }: DraftContent): 'matter' | 'outcome' | 'both' | null =>
  matter === null ? (outcome === null ? 'both' : 'matter') : outcome === null ? 'outcome' : null

/** The panel of a contact: the note, how it ended, what follows, and what can be done for the customer meanwhile. */
export const ContactPanel = memo(function ContactPanel({
  draftKey,
  title,
  ended,
  isCall,
  caller,
  record,
  said,
  outcome = null,
  onWrapped,
}: ContactPanelProps) {
  const { say } = useWords()
  // The record and the note are painted first, the other fields in the next frame.
  const complete = useDeferredValue(true, false)
  const tell = useTell()
  const act = useAct()
  const run = useRun()
  const { refusal } = useWords()
  const { drafts, places, left: leftBehind } = useStores()
  const { content, save, change } = useDraft(draftKey)
  const note = useRef<HTMLInputElement | HTMLTextAreaElement>(null)
  const extraFrame = useRef<HTMLDivElement>(null)
  const fields = useRef<HTMLDivElement>(null)
  const [extra, setExtra] = useLeft<ContactForm | null>(`${draftKey} extra`, formOf(places.lastIn(draftKey)))
  /** It increases with each press of a form's key, so that a form that is already open takes the focus again. */
  const [entered, setEntered] = useState(0)
  const [wrapping, setWrapping] = useState(false)
  const busy = useRef(false)
  const warnedEmpty = useRef(false)
  const warned = useRef(new Set<ContactForm | 'capture' | 'edit'>())
  const warnedAway = useRef(false)
  const warnedUnchosen = useRef(false)
  const link = useWatch('sync.state', complete ? {} : null).value?.link
  const isAway = link !== undefined && link !== 'online'
  const unfinished = unfinishedForms(content)

  const wrapUp = async (): Promise<void> => {
    // The second of two presses, or of a double click, belongs to the first: it must not confirm a warning or close
    // another call.
    if (busy.current || isSecondPress(leftBehind)) return
    if (!ended && !isAway) return tell(say('call/wrapUpFirstHangUp'), 'problem')
    if (!ended && !warnedAway.current) {
      warnedAway.current = true
      notePress(leftBehind)
      return tell(say('call/wrapUpAway', { key: keys.wrapUp }), 'problem')
    }
    if (!isCall && content.note.trim() === '') return tell(say('call/nothingToSave'), 'problem')
    const customerId = caller ? caller.customerId : (record?.customer.id ?? null)
    const problem = problemNow(content, caller?.match ?? null, customerId)
    if (problem) return tell(refusal(problem), 'problem')
    if (isCall && !hasTyped(content) && outcome === null && !warnedEmpty.current) {
      warnedEmpty.current = true
      warnedUnchosen.current = true
      notePress(leftBehind)
      return tell(say('call/nothingWritten', { key: keys.wrapUp }), 'problem')
    }
    const begun = [
      ...(customerId === null && caller && captureBegun(content) ? ['capture' as const] : []),
      ...(editBegun(content) ? ['edit' as const] : []),
      ...unfinished,
    ]
    const left = begun.find((form) => !warned.current.has(form))
    if (left !== undefined) {
      warned.current.add(left)
      notePress(leftBehind)
      if (left !== 'capture' && left !== 'edit') setExtra(left)
      return tell(say('call/unfinished', { what: say(`call/unfinishedForm/${left}`), key: keys.wrapUp }), 'problem')
    }
    const missing = isCall && outcome === null ? unchosenIn(content) : null
    if (missing !== null && !warnedUnchosen.current) {
      warnedUnchosen.current = true
      notePress(leftBehind)
      return tell(say(`call/unchosen/${missing}`, { key: keys.wrapUp }), 'problem')
    }
    busy.current = true
    notePress(leftBehind)
    setWrapping(true)
    const flushed = await drafts.flush(draftKey)
    const result = flushed ? await act('desk.wrapUp', { key: draftKey, leaveForms: begun.length > 0 }) : null
    setWrapping(false)
    busy.current = false
    if (!result?.ok) return
    notePress(leftBehind)
    drafts.forget(draftKey)
    places.forget(draftKey)
    const { finishedTaskId: taskId } = result.value
    const done = isAway ? say('call/wrappedHere') : say(taskId === null ? 'call/wrapped' : 'work/task/settled')
    if (taskId === null) tell(done, 'done')
    else
      tell(done, 'done', {
        label: say('work/task/reopen'),
        run: () => void run('task.takeBack', { taskId }, say('work/task/reopened')),
      })
    onWrapped()
  }
  const enter = (form: ContactForm): void => {
    setExtra(form)
    setEntered((times) => times + 1)
  }
  useKeys({
    note: () => note.current?.focus(),
    wrapUp: () => void wrapUp(),
    callbackTime: () => fields.current?.querySelector<HTMLInputElement>(`[${DRAFT_FIELD}="callback"]`)?.focus(),
    ...(record
      ? {
          price: () => enter('price'),
          logComplaint: () => enter('complaint'),
          addPreference: () => enter('preference'),
        }
      : {}),
  })

  // An agent who closes a form with a key goes on writing the note.
  const closeExtra = (): void => {
    setExtra(null)
    warned.current.clear()
    if (extraFrame.current?.contains(document.activeElement)) note.current?.focus()
  }

  return (
    <Frame aria-label={title}>
      <h2>{title}</h2>
      <div className="fields" ref={fields}>
        {said !== undefined && <p className="said">{said}</p>}
        <DraftField
          draftKey={draftKey}
          name="note"
          label={
            <>
              {say('call/note')} <Key of="note" />
            </>
          }
          value={content.note}
          onText={(text) => change({ note: text })}
          limit={LONG_TEXT}
          lines={5}
          fieldRef={note}
          input={{ 'aria-keyshortcuts': shortcut('note'), 'aria-label': say('call/note') }}
          placeholder={say('call/notePlaceholder')}
        />
        <SaveLine save={save} />
        {complete && (
          <FailureFence part="contact/follow-up" name={say('call/nextStep')} of={content}>
            <FollowUp
              draftKey={draftKey}
              content={content.outcome === null ? { ...content, outcome } : content}
              change={change}
            />
          </FailureFence>
        )}
        {complete && record && extra === null && (
          <div className="more">
            {contactForms.map((name) => (
              <Button
                key={name}
                onClick={() => setExtra(name)}
                aria-keyshortcuts={shortcut(formKeys[name])}
                endIcon={<Key of={formKeys[name]} />}
              >
                {say(formTitles[name])}
                {unfinished.includes(name) ? ` · ${say('call/begun')}` : ''}
              </Button>
            ))}
          </div>
        )}
        <div ref={extraFrame}>
          <FailureFence part="contact/form" name={say('shell/failed/form')} of={`${extra} ${entered}`}>
            {record && extra === 'price' && (
              <PriceForm key={entered} record={record} draftKey={draftKey} onClose={closeExtra} />
            )}
            {record && extra === 'complaint' && (
              <ComplaintForm key={entered} record={record} draftKey={draftKey} onClose={closeExtra} />
            )}
            {record && extra === 'preference' && (
              <PreferenceForm key={entered} record={record} draftKey={draftKey} onClose={closeExtra} />
            )}
          </FailureFence>
        </div>
      </div>
      <div className="foot">
        <Button
          fullWidth
          variant={ended ? 'contained' : 'outlined'}
          onClick={() => void wrapUp()}
          disabled={wrapping}
          aria-keyshortcuts={shortcut('wrapUp')}
          endIcon={<Key of="wrapUp" />}
        >
          {isCall ? say('call/wrapUp') : say('call/saveContact')}
        </Button>
      </div>
    </Frame>
  )
})

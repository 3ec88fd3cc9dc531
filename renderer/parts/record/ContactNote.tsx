import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import { isBlank } from '../../../domain/visible-text.ts'
import type { Interaction } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { LONG_TEXT } from '../../../protocol/scalars.ts'
import { useLeft } from '../../app/stores.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { FormFrame } from '../contact/FormFrame.tsx'
import { SubmitButton } from '../form/Form.tsx'
import { LimitedField } from '../form/LimitedField.tsx'
import { useRun } from '../notice/use-act.ts'
import { personName } from './people.ts'

// Its parts are cells of the entry they belong to.
const Frame = styled('div')(({ theme }) => ({
  display: 'contents',
  '& .said': { color: theme.vars.palette.text.secondary, fontSize: 12 },
  // Visible only under the pointer or with the keyboard focus: a page full of buttons tells nothing. Nothing moves
  // then, because the place of the amount is free in a contact.
  '& .acts': {
    gridArea: '1 / 5',
    justifySelf: 'end',
    opacity: 0,
    '@container (max-width: 640px)': { gridArea: '1 / 4' },
  },
  '& .acts:focus-within': { opacity: 1 },
  'li:hover & .acts': { opacity: 1 },
  '& .earlier': {
    margin: '2px 0 4px',
    padding: '2px 0 2px 12px',
    borderLeft: `2px solid ${theme.vars.palette.divider}`,
    listStyle: 'none',
  },
}))

/** The longest text that can be added to a colleague's note. */
const ADDITION = 4000

/**
 * What is shown under the note of a contact: what colleagues added, that it was edited and by whom, its earlier texts,
 * and the way to edit the user's own note or to add to a colleague's.
 */
export function ContactNote({ row, people, now }: { row: Interaction; people: CustomerRecord['people']; now: number }) {
  const { say, formats, language } = useWords()
  const userId = useWatch('session', {}).value?.identity?.userId
  const [open, setOpen] = useState(false)
  const [writing, setWriting] = useState(false)
  const mine = row.userId === null || row.userId === userId
  const when = (by: string | null, at: number): string =>
    [personName(people, by, language), formats.moment(at, now)].filter(Boolean).join(', ')
  return (
    <Frame>
      {(row.additions.length > 0 || row.revision > 1 || writing) && (
        <div className="text">
          {row.additions.map((addition, n) => (
            <div key={n}>
              + {addition.text}{' '}
              <span className="said" title={formats.exact(addition.at)}>
                — {when(addition.by, addition.at)}
              </span>
            </div>
          ))}
          {row.revision > 1 && (
            <Button
              sx={{ py: 0, px: 0.5, fontSize: 12 }}
              color="inherit"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {say('work/note/edited', {
                who: when(row.revisedBy, row.revisedAt ?? row.startedAt),
                count: row.revision,
              })}
            </Button>
          )}
          {open && <EarlierTexts interactionId={row.id} />}
          {writing && <NoteForm row={row} mine={mine} onClose={() => setWriting(false)} />}
        </div>
      )}
      {!writing && (
        <span className="acts">
          <Button sx={{ py: 0, px: 0.5, fontSize: 12 }} onClick={() => setWriting(true)}>
            {say(mine ? 'work/note/edit' : 'work/note/add')}
          </Button>
        </span>
      )}
    </Frame>
  )
}

function EarlierTexts({ interactionId }: { interactionId: string }) {
  const { say, formats, language } = useWords()
  const value = useWatch('interaction.revisions', { interactionId }).value
  return (
    <ol className="earlier" aria-label={say('work/note/earlier')}>
      {value?.revisions.map((one) => (
        <li key={one.id}>
          <span className="said">
            {[personName(value.people, one.writtenBy, language), formats.exact(one.writtenAt)]
              .filter(Boolean)
              .join(', ')}
          </span>
          <div>{one.note.trim() === '' ? say('record/noNote') : one.note}</div>
        </li>
      ))}
    </ol>
  )
}

function NoteForm({ row, mine, onClose }: { row: Interaction; mine: boolean; onClose: () => void }) {
  const { say } = useWords()
  const run = useRun()
  const first = mine ? row.note : ''
  const [text, setText] = useLeft(`${row.id} ${mine ? 'edit' : 'add'}`, first)
  const limit = mine ? LONG_TEXT : ADDITION
  const unusable = isBlank(text) || text.length > limit || text === first
  const { id: interactionId, customerId, revision: baseRevision, matter, outcome } = row
  const save = async (): Promise<void> => {
    if (unusable) return
    const done = mine
      ? await run(
          'interaction.revise',
          { interactionId, customerId, baseRevision, note: text, matter, outcome },
          say('work/note/saved'),
        )
      : await run('interaction.add', { interactionId, customerId, text: text.trim() }, say('work/note/added'))
    if (!done) return
    setText('')
    onClose()
  }
  return (
    <FormFrame title={say(mine ? 'work/note/edit' : 'work/note/add')} onSubmit={save} onClose={onClose}>
      <LimitedField
        label={say('call/note')}
        value={text}
        limit={limit}
        lines={3}
        autoFocus
        onText={setText}
        onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
      />
      <SubmitButton disabled={unusable} sx={{ justifySelf: 'start' }}>
        {say('work/note/save')}
      </SubmitButton>
    </FormFrame>
  )
}

import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import {
  editBegun,
  editCommands,
  editConflicts,
  editedFields,
  editOf,
  editProblem,
  type Edit,
  type EditedField,
} from '../../../domain/customer-edit.ts'
import { idBeside } from '../../../domain/id-beside.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { LONG_TEXT, SHORT_TEXT } from '../../../protocol/scalars.ts'
import { useDraft } from '../../app/stores.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Choice } from '../contact/Choice.tsx'
import { FormFrame } from '../contact/FormFrame.tsx'
import { SubmitButton } from '../form/Form.tsx'
import { DraftField } from '../form/LimitedField.tsx'
import { Quiet } from '../list-table/ListTable.tsx'
import { useRun } from '../notice/use-act.ts'
import { changedWords } from './people.ts'

const Fields = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))',
  gap: '12px 8px',
  alignItems: 'start',
  '& .wide': { gridColumn: '1 / -1' },
})
const labels = ['mobile', 'office', 'home', 'fax', 'other'] as const

/**
 * Edits the customer's data in its place. A value that a colleague changes meanwhile is shown beside what is typed
 * here, to take it or to keep one's own.
 */
export function EditCustomer({
  record,
  now: at,
  draftKey,
  edit,
}: {
  record: CustomerRecord
  now: number
  draftKey: string
  edit: Edit
}) {
  const words = useWords()
  const { say, refusal, site } = words
  const run = useRun()
  const { change } = useDraft(draftKey)
  const [tried, setTried] = useState(false)
  const { customer, contactPoints, people } = record
  const now = editOf(customer)
  const conflicts = editConflicts(edit, customer)
  const set = (patch: Partial<Edit>): void => change({ edit: { ...edit, ...patch } })
  const discard = (): void => change({ edit: null })
  // Text that was typed stays for later.
  const close = (): void => change({ edit: editBegun({ edit }) ? { ...edit, open: false } : null })
  // A field that the user has not changed follows the record.
  const shown = (field: EditedField): string => (edit[field].trim() === edit.was[field] ? now[field] : edit[field])
  const type = (field: EditedField, text: string): void =>
    set({
      [field]: text,
      ...(edit[field].trim() === edit.was[field] ? { was: { ...edit.was, [field]: now[field] } } : {}),
    })
  const take = (field: EditedField, value: string): void =>
    set({ [field]: value, was: { ...edit.was, [field]: now[field] } })
  const problems = new Map(editedFields.map((field) => [field, editProblem(field, shown(field))]))

  const save = async (): Promise<void> => {
    setTried(true)
    if (conflicts.length > 0 || [...problems.values()].some((problem) => problem !== null)) return
    for (const args of editCommands(customer.id, edit)) {
      if (!(await run('customer.change', args, say('record/edit/saved')))) return
    }
    const raw = edit.phone.trim()
    if (raw !== '') {
      const contactPointId = idBeside(edit.id ?? customer.id, `number ${raw}`)
      const phone = { raw, country: raw.startsWith('+') ? null : site.country }
      if (
        !(await run(
          'contactPoint.add',
          { contactPointId, customerId: customer.id, label: edit.label, phone },
          say('record/edit/saved'),
        ))
      )
        return
    }
    discard()
  }

  return (
    <div style={{ padding: '8px 12px' }}>
      <FormFrame title={say('record/edit/title')} onSubmit={save} onClose={close}>
        {customer.changedAt !== null && (
          <Quiet style={{ padding: 0 }}>{changedWords(customer, people, at, words)}</Quiet>
        )}
        <Fields>
          {editedFields.map((field, n) => {
            const problem = problems.get(field) ?? null
            const conflict = conflicts.includes(field)
            return (
              <div key={field} className={field === 'remark' ? 'wide' : undefined}>
                <DraftField
                  draftKey={draftKey}
                  name={`edit.${field}`}
                  label={say(`shell/typed/${field}`)}
                  value={shown(field)}
                  autoFocus={n === 0}
                  limit={field === 'remark' ? LONG_TEXT : SHORT_TEXT}
                  {...(field === 'remark' ? { lines: 2 } : {})}
                  {...(field === 'birthday' ? { placeholder: say('record/edit/birthdayHint') } : {})}
                  error={conflict || (problem !== null && (tried || problem.code === 'BAD_ARGUMENT'))}
                  helperText={problem && (tried || problem.code === 'BAD_ARGUMENT') ? refusal(problem) : undefined}
                  onText={(text) => type(field, text)}
                />
                {conflict && (
                  <div role="alert">
                    {say('record/edit/theirs', { value: now[field] || '–' })}{' '}
                    <Button size="small" onClick={() => take(field, now[field])}>
                      {say('record/edit/takeTheirs')}
                    </Button>
                    <Button size="small" onClick={() => take(field, edit[field])}>
                      {say('record/edit/keepMine')}
                    </Button>
                  </div>
                )}
              </div>
            )
          })}
          <DraftField
            draftKey={draftKey}
            name="edit.phone"
            label={say('record/edit/newNumber')}
            value={edit.phone}
            limit={128}
            onText={(phone) => set({ phone })}
            input={{ inputMode: 'tel' }}
          />
          <Choice
            label={say('record/edit/numberLabel')}
            value={edit.label}
            options={labels}
            word={(label) => say(`record/edit/label/${label}`)}
            onChange={(label) => set({ label: label ?? 'other' })}
          />
        </Fields>
        {contactPoints.length > 0 && (
          <ul aria-label={say('record/edit/numbers')} style={{ margin: 0, paddingLeft: 16 }}>
            {contactPoints.map((point) => (
              <li key={point.id}>
                {[
                  `${say(point.kind === 'email' ? 'record/email' : `record/edit/label/${point.label}`)}: ${record.shownNumbers?.[point.id] ?? point.raw}`,
                  point.invalid ? say('record/wrongNumber') : '',
                  changedWords(point, people, at, words),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </li>
            ))}
          </ul>
        )}
        <div style={{ display: 'flex', gap: 8 }}>
          <SubmitButton>{say('record/edit/save')}</SubmitButton>
          {editBegun({ edit }) && (
            <Button color="error" onClick={discard}>
              {say('record/edit/discard')}
            </Button>
          )}
        </div>
      </FormFrame>
    </div>
  )
}

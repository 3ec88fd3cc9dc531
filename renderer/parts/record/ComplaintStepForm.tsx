import { stepNeedsText } from '../../../domain/complaint-chain.ts'
import { isBlank } from '../../../domain/visible-text.ts'
import { Department, type ComplaintStep } from '../../../protocol/entities/complaint.ts'
import type { Complaint } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { LONG_TEXT } from '../../../protocol/scalars.ts'
import { useLeft } from '../../app/stores.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Choice } from '../contact/Choice.tsx'
import { FormFrame } from '../contact/FormFrame.tsx'
import { SubmitButton } from '../form/Form.tsx'
import { LimitedField } from '../form/LimitedField.tsx'
import { useRun } from '../notice/use-act.ts'
import { ComplaintDetails } from './ComplaintDetails.tsx'

/** A step that a user takes: all steps except the first, because logging the complaint takes it. */
export type TakenStep = Exclude<ComplaintStep, 'logged'>

type Text = { readonly department: Complaint['department'] | null; readonly comment: string }
const empty: Text = { department: null, comment: '' }

/**
 * The form for one step of a complaint, above all that was said before. The cause, and what the customer was told, must
 * be filled in. What is typed is kept until the form is opened again.
 */
export function ComplaintStepForm({
  complaint,
  to,
  record,
  now,
  onClose,
}: {
  complaint: Complaint
  to: TakenStep
  record: CustomerRecord
  now: number
  onClose: () => void
}) {
  const { say } = useWords()
  const run = useRun()
  const [text, setText] = useLeft<Text>(`${complaint.id} ${to}`, empty)
  const { id: complaintId, customerId, step: from } = complaint
  const missing = (to === 'assigned' && text.department === null) || (stepNeedsText(to) && isBlank(text.comment))
  const save = async (): Promise<void> => {
    if (missing) return
    const department = to === 'assigned' ? text.department : null
    const undo = {
      command: 'complaint.takeBack',
      args: { complaintId, customerId, step: to },
      done: say('work/complaint/stepUndone'),
    } as const
    const done = await run(
      'complaint.advance',
      { complaintId, customerId, from, to, department, comment: text.comment.trim() },
      say(`record/stepDone/${to}`),
      undo,
    )
    if (!done) return
    setText(empty)
    onClose()
  }
  const label =
    to === 'investigated' ? 'record/stepForm/cause' : to === 'told' ? 'work/complaint/told' : 'record/stepForm/comment'
  return (
    <div style={{ padding: '8px 12px' }}>
      <FormFrame
        title={`${complaint.number ?? ''} ${complaint.subject} · ${say(`record/takeStep/${to}`)}`}
        onSubmit={save}
        onClose={onClose}
      >
        <ComplaintDetails complaint={complaint} record={record} now={now} />
        {to === 'assigned' && (
          <Choice
            label={say('record/stepForm/department')}
            value={text.department}
            options={Department.options}
            none={say('call/notChosen')}
            word={(option) => say(`record/department/${option}`)}
            autoFocus
            onChange={(department) => setText({ ...text, department })}
          />
        )}
        <LimitedField
          label={say(label)}
          value={text.comment}
          lines={2}
          autoFocus={to !== 'assigned'}
          required={stepNeedsText(to)}
          onText={(comment) => setText({ ...text, comment })}
          limit={LONG_TEXT}
        />
        <SubmitButton disabled={missing} sx={{ justifySelf: 'start' }}>
          {say('record/stepForm/save')}
        </SubmitButton>
      </FormFrame>
    </div>
  )
}

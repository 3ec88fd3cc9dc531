import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { Department, type ComplaintStep } from '../../../protocol/entities/complaint.ts'
import type { Complaint } from '../../../protocol/entities.ts'
import { useLeft } from '../../app/stores.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Choice } from '../contact/Choice.tsx'
import { FormFrame } from '../contact/FormFrame.tsx'
import { useRun } from '../notice/use-act.ts'

export type DepartmentStep = Extract<ComplaintStep, 'assigned' | 'investigated' | 'confirmed'>

type Text = { readonly department: Complaint['department'] | null; readonly comment: string }
const empty: Text = { department: null, comment: '' }

/** A department's step: quality names who is responsible, they say the cause, quality confirms it. What is typed waits for who comes back. */
export function ComplaintStepForm({ complaint, to, onClose }: { complaint: Complaint; to: DepartmentStep; onClose: () => void }) {
  const { say } = useWords()
  const run = useRun()
  const [text, setText] = useLeft<Text>(`${complaint.id} ${to}`, empty)
  const { id: complaintId, customerId, step: from } = complaint
  const missing = (to === 'assigned' && text.department === null) || (to === 'investigated' && text.comment.trim() === '')
  const save = async (): Promise<void> => {
    if (missing) return
    const department = to === 'assigned' ? text.department : null
    if (!(await run('complaint.advance', { complaintId, customerId, from, to, department, comment: text.comment.trim() }, say(`record/stepDone/${to}`)))) return
    setText(empty)
    onClose()
  }
  return (
    <div style={{ padding: '8px 12px' }}>
      <FormFrame title={`${complaint.number ?? ''} ${complaint.subject} · ${say(`record/takeStep/${to}`)}`} onSubmit={() => void save()} onClose={onClose}>
        <div style={{ whiteSpace: 'pre-line', maxHeight: 100, overflowY: 'auto' }}>{complaint.description}</div>
        {to === 'assigned' && (
          <Choice
            label={say('record/stepForm/department')} value={text.department} options={Department.options} none={say('call/notChosen')} word={(option) => say(`record/department/${option}`)} autoFocus
            onChange={(department) => setText({ ...text, department })}
          />
        )}
        <TextField
          label={say(to === 'investigated' ? 'record/stepForm/cause' : 'record/stepForm/comment')} value={text.comment} multiline minRows={2} autoFocus={to !== 'assigned'}
          onChange={(event) => setText({ ...text, comment: event.target.value })} slotProps={{ htmlInput: { maxLength: 4000 } }}
        />
        <Button type="submit" variant="contained" disabled={missing} sx={{ justifySelf: 'start' }}>{say('record/stepForm/save')}</Button>
      </FormFrame>
    </div>
  )
}

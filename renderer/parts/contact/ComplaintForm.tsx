import { isBlank } from '../../../domain/visible-text.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { LONG_TEXT, SHORT_TEXT } from '../../../protocol/scalars.ts'
import { useWords } from '../../i18n/use-words.ts'
import { SubmitButton } from '../form/Form.tsx'
import { DraftField } from '../form/LimitedField.tsx'
import { useDraftForm } from '../form/use-draft-form.ts'
import { useRun } from '../notice/use-act.ts'
import { Choice } from './Choice.tsx'
import { FormFrame } from './FormFrame.tsx'

const severities = ['low', 'normal', 'high'] as const

/** Logs a complaint and informs the quality department; what is typed is part of the call's draft. */
export function ComplaintForm({
  record,
  draftKey,
  onClose,
}: {
  record: CustomerRecord
  draftKey: string
  onClose: () => void
}) {
  const { say } = useWords()
  const run = useRun()
  const {
    text,
    id: complaintId,
    set,
    clear,
  } = useDraftForm(draftKey, 'complaint', { subject: '', description: '', severity: 'normal', orderId: null })
  const log = async (): Promise<void> => {
    if (isBlank(text.subject)) return
    const of = { complaintId, customerId: record.customer.id }
    const { subject, description, severity, orderId } = text
    const done = await run(
      'complaint.log',
      { ...of, subject, description, severity, orderId },
      say('record/complaintForm/logged'),
    )
    if (!done) return
    clear()
    onClose()
    // Sales must inform the quality department on the same day. The form does it at once, so that nobody has to
    // remember it.
    await run(
      'complaint.advance',
      { ...of, from: 'logged', to: 'informed', department: null, comment: '' },
      say('record/complaintForm/informed'),
    )
  }
  const orders = record.orders.slice(0, 20).map(({ order }) => order)
  return (
    <FormFrame title={say('record/complaintForm/title')} onSubmit={log} onClose={onClose}>
      <DraftField
        draftKey={draftKey}
        name="complaint.subject"
        label={say('record/complaintForm/subject')}
        value={text.subject}
        autoFocus
        required
        onText={(subject) => set({ subject })}
        limit={SHORT_TEXT}
      />
      <DraftField
        draftKey={draftKey}
        name="complaint.description"
        label={say('record/complaintForm/description')}
        value={text.description}
        onText={(description) => set({ description })}
        limit={LONG_TEXT}
        lines={2}
      />
      <div className="pair">
        <Choice
          label={say('record/complaintForm/severity')}
          value={text.severity}
          options={severities}
          word={(option) => say(`record/severity/${option}`)}
          onChange={(severity) => set({ severity: severity ?? 'normal' })}
        />
        <Choice
          label={say('record/complaintForm/order')}
          value={text.orderId}
          options={orders.map((order) => order.id)}
          word={(id) => orders.find((order) => order.id === id)?.number ?? ''}
          none={say('record/complaintForm/noOrder')}
          onChange={(orderId) => set({ orderId })}
        />
      </div>
      <SubmitButton disabled={isBlank(text.subject)}>{say('record/complaintForm/log')}</SubmitButton>
    </FormFrame>
  )
}

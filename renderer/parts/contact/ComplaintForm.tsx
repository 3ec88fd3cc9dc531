import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { v7 as uuidv7 } from 'uuid'
import type { DraftContent } from '../../../protocol/draft.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useDraft, useLeft } from '../../app/stores.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useRun } from '../notice/use-act.ts'
import { Choice } from './Choice.tsx'
import { FormFrame } from './FormFrame.tsx'

type Text = NonNullable<DraftContent['complaint']>
const severities = ['low', 'normal', 'high'] as const

/** Logs a complaint and informs quality; what is typed is part of the call's draft. */
export function ComplaintForm({ record, draftKey, onClose }: { record: CustomerRecord; draftKey: string; onClose: () => void }) {
  const { say } = useWords()
  const run = useRun()
  const { content, change } = useDraft(draftKey)
  const [orderId, setOrderId] = useLeft<string | null>(`${draftKey} complaint order`, null)
  const text: Text = content.complaint ?? { subject: '', description: '', severity: 'normal' }
  const set = (patch: Partial<Text>): void => change({ complaint: { ...text, ...patch } })
  const log = async (): Promise<void> => {
    if (text.subject.trim() === '') return
    const of = { complaintId: uuidv7(), customerId: record.customer.id }
    const done = await run('complaint.log', { ...of, ...text, orderId }, say('record/complaintForm/logged'))
    if (!done) return
    change({ complaint: null })
    onClose()
    // Sales owes quality the news on the same day: the desk gives it at once, so that nobody has to think of it.
    await run('complaint.advance', { ...of, from: 'logged', to: 'informed', department: null, comment: '' }, say('record/complaintForm/informed'))
  }
  const orders = record.orders.slice(0, 20).map(({ order }) => order)
  return (
    <FormFrame title={say('record/complaintForm/title')} onSubmit={() => void log()} onClose={onClose}>
      <TextField label={say('record/complaintForm/subject')} value={text.subject} autoFocus required onChange={(event) => set({ subject: event.target.value })} slotProps={{ htmlInput: { maxLength: 300 } }} />
      <TextField label={say('record/complaintForm/description')} value={text.description} multiline onChange={(event) => set({ description: event.target.value })} slotProps={{ input: { inputComponent: 'textarea' }, htmlInput: { rows: 2, maxLength: 20_000, style: { resize: 'vertical', height: 'auto' } } }} />
      <div className="pair">
        <Choice label={say('record/complaintForm/severity')} value={text.severity} options={severities} word={(option) => say(`record/severity/${option}`)} onChange={(severity) => set({ severity: severity ?? 'normal' })} />
        <Choice label={say('record/complaintForm/order')} value={orderId} options={orders.map((order) => order.id)} word={(id) => orders.find((order) => order.id === id)?.number ?? ''} none={say('record/complaintForm/noOrder')} onChange={setOrderId} />
      </div>
      <Button type="submit" variant="contained" disabled={text.subject.trim() === ''}>{say('record/complaintForm/log')}</Button>
    </FormFrame>
  )
}

import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { useState } from 'react'
import type { OpenedCustomer } from '../../app/workspace.ts'
import { useWords } from '../../i18n/use-words.ts'
import { NamedDialog } from '../dialog/NamedDialog.tsx'
import { Quiet } from '../list-table/ListTable.tsx'
import { useTell } from '../notice/notice-context.ts'
import { useAct } from '../notice/use-act.ts'

const LONGEST_REASON = 300

/** Erasing a customer on their demand: says what goes, wants a reason, and asks a second time. Escape leaves everything as it is. */
export function EraseDialog({ customer, onClose }: { customer: OpenedCustomer; onClose: () => void }) {
  const { say } = useWords()
  const act = useAct()
  const tell = useTell()
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const [working, setWorking] = useState(false)
  const title = say('record/erase/title', { name: customer.name })
  const erase = async (): Promise<void> => {
    setWorking(true)
    const erased = await act('customer.erase', { customerId: customer.customerId, reason: reason.trim() })
    setWorking(false)
    if (!erased.ok) return
    tell(say('record/erase/done'), 'done')
    onClose()
  }
  return (
    <NamedDialog label={title} width={480} onClose={onClose}>
      <h2 style={{ margin: '0 0 8px', fontSize: 15 }}>{title}</h2>
      <p style={{ margin: '0 0 8px' }}>{say('record/erase/whatGoes')}</p>
      <TextField
        label={say('record/erase/reason')} helperText={say('record/erase/reasonHint')} value={reason} autoFocus fullWidth size="small" margin="dense" disabled={working}
        onChange={(event) => setReason(event.target.value)} slotProps={{ htmlInput: { maxLength: LONGEST_REASON } }}
      />
      {asking && <Quiet role="status">{say('record/erase/sure')}</Quiet>}
      <div style={{ display: 'flex', gap: 8, justifyContent: 'end', marginTop: 8 }}>
        <Button variant="outlined" onClick={onClose}>{say('shell/cancel')}</Button>
        {asking
          ? <Button color="error" variant="contained" autoFocus disabled={working || reason.trim() === ''} onClick={() => void erase()}>{say('record/erase/yes')}</Button>
          : <Button color="error" disabled={reason.trim() === ''} onClick={() => setAsking(true)}>{say('record/erase/ask')}</Button>}
      </div>
    </NamedDialog>
  )
}

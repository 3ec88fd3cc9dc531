import Button from '@mui/material/Button'
import { useState } from 'react'
import type { OpenedCustomer } from '../../app/workspace.ts'
import { isBlank } from '../../../domain/visible-text.ts'
import { SHORT_TEXT } from '../../../protocol/scalars.ts'
import { useWords } from '../../i18n/use-words.ts'
import { NamedDialog } from '../dialog/NamedDialog.tsx'
import { LimitedField } from '../form/LimitedField.tsx'
import { useOnce } from '../form/use-once.ts'
import { Quiet } from '../list-table/ListTable.tsx'
import { useTell } from '../notice/notice-context.ts'
import { useAct } from '../notice/use-act.ts'

/**
 * Erases a customer who has asked for it: says what will be erased, requires a reason, and asks a second time. Escape
 * changes nothing.
 */
export function EraseDialog({ customer, onClose }: { customer: OpenedCustomer; onClose: () => void }) {
  const { say } = useWords()
  const act = useAct()
  const tell = useTell()
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const { busy: working, once } = useOnce()
  const title = say('record/erase/title', { name: customer.name })
  const erase = async (): Promise<void> => {
    const erased = await act('customer.erase', { customerId: customer.customerId, reason: reason.trim() })
    if (!erased.ok) return
    tell(say('record/erase/done'), 'done')
    onClose()
  }
  return (
    <NamedDialog label={title} width={480} onClose={onClose}>
      <h2 style={{ margin: '0 0 8px', fontSize: 15 }}>{title}</h2>
      <p style={{ margin: '0 0 8px' }}>{say('record/erase/whatGoes')}</p>
      <LimitedField
        label={say('record/erase/reason')}
        helperText={say('record/erase/reasonHint')}
        value={reason}
        autoFocus
        fullWidth
        size="small"
        margin="dense"
        disabled={working}
        onText={setReason}
        limit={SHORT_TEXT}
      />
      {asking && <Quiet role="status">{say('record/erase/sure')}</Quiet>}
      <div style={{ display: 'flex', gap: 8, justifyContent: 'end', marginTop: 8 }}>
        <Button variant="outlined" onClick={onClose}>
          {say('shell/cancel')}
        </Button>
        {asking ? (
          <Button
            color="error"
            variant="contained"
            autoFocus
            disabled={working || isBlank(reason)}
            onClick={() => void once(erase)}
          >
            {say('record/erase/yes')}
          </Button>
        ) : (
          <Button color="error" disabled={isBlank(reason)} onClick={() => setAsking(true)}>
            {say('record/erase/ask')}
          </Button>
        )}
      </div>
    </NamedDialog>
  )
}

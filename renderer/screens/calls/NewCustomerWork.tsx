import Button from '@mui/material/Button'
import { useState } from 'react'
import { beginningOf, newCustomerLeft } from '../../app/new-customer.ts'
import { useOpenCustomer } from '../../app/open-customer.ts'
import { useStores } from '../../app/stores.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { useWords } from '../../i18n/use-words.ts'
import { CaptureForm } from '../../parts/caller/CaptureForm.tsx'
import { useOnce } from '../../parts/form/use-once.ts'
import { useAct } from '../../parts/notice/use-act.ts'

/** A new customer without a call: only the form. Once it is saved, the same tab shows their record. */
export function NewCustomerWork({
  customerId,
  draftKey,
  onGone,
}: {
  customerId: CustomerId
  draftKey: string
  onGone: () => void
}) {
  const { say } = useWords()
  const act = useAct()
  const open = useOpenCustomer()
  const { once } = useOnce()
  const { drafts, left, places } = useStores()
  const [asking, setAsking] = useState(false)
  const begun = beginningOf((left.get(newCustomerLeft(customerId)) as string | undefined) ?? '')
  const discard = async (): Promise<void> => {
    if (!(await act('draft.discard', { key: draftKey })).ok) return
    drafts.forget(draftKey)
    places.forget(draftKey)
    onGone()
  }
  return (
    <section aria-label={say('call/capture/newCustomer')} style={{ padding: 16, overflowY: 'auto' }}>
      <h1 style={{ fontSize: 18, margin: '0 0 12px' }}>{say('call/capture/newCustomer')}</h1>
      <CaptureForm
        draftKey={draftKey}
        number={begun.phone}
        name={begun.name}
        autoFocus
        onSaved={open}
        onKnown={(known, hit) => open({ ...hit, customerId: known })}
      />
      <div style={{ marginTop: 12 }}>
        {asking ? (
          <Button color="error" variant="contained" autoFocus onClick={() => void once(discard)}>
            {say('call/capture/discardYes')}
          </Button>
        ) : (
          <Button color="error" onClick={() => setAsking(true)}>
            {say('call/capture/discard')}
          </Button>
        )}
      </div>
    </section>
  )
}

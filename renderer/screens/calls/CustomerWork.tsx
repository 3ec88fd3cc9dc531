import { useCallback } from 'react'
import type { OpenedCustomer } from '../../app/workspace.ts'
import { FailureFence } from '../../app/FailureFence.tsx'
import { useCustomerDraft, useStores } from '../../app/stores.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ContactPanel } from '../../parts/contact/ContactPanel.tsx'
import { Quiet } from '../../parts/list-table/ListTable.tsx'
import { shortName } from '../../parts/record/customer-name.ts'
import { RecordPane } from './RecordPane.tsx'
import { WorkFrame } from './WorkFrame.tsx'

/** A customer without a call: the same record, and a draft of its own for what is done for them. */
export function CustomerWork({ customerId, onDone }: { customerId: CustomerId; onDone: (customer: OpenedCustomer | null) => void }) {
  const { say, refusal, language } = useWords()
  const { desk } = useStores()
  const draftKey = useCustomerDraft(customerId)
  const { value: record, error } = useWatch('customer.record', { customerId }, desk.seedOf(customerId))
  const wrapped = useCallback(() => onDone(record ? { customerId, name: shortName(record.customer, language) } : null), [record, customerId, language, onDone])
  return (
    <WorkFrame>
      {record ? <RecordPane record={record} /> : <Quiet>{error ? refusal(error) : record === null ? say('record/notFound') : say('shell/loading')}</Quiet>}
      <FailureFence part="contact" name={say('call/panelCustomer')}>
        <ContactPanel draftKey={draftKey} title={say('call/panelCustomer')} isCall={false} ended record={record ?? null} onWrapped={wrapped} />
      </FailureFence>
    </WorkFrame>
  )
}

import { useCallback } from 'react'
import { newCustomerLeft } from '../../app/new-customer.ts'
import type { OpenedCustomer } from '../../app/workspace.ts'
import { FailureFence } from '../../app/FailureFence.tsx'
import { useCustomerDraft, useDraft, useStores } from '../../app/stores.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ContactPanel } from '../../parts/contact/ContactPanel.tsx'
import { useComingBack } from '../../parts/form/use-coming-back.ts'
import { Quiet } from '../../parts/list-table/ListTable.tsx'
import { shortName } from '../../parts/record/customer-name.ts'
import { NewCustomerWork } from './NewCustomerWork.tsx'
import { RecordPane } from './RecordPane.tsx'
import { WorkFrame } from './WorkFrame.tsx'

/**
 * A customer without a call: the same record, with its own draft for what is done for them; or the form of a new
 * customer who is not saved yet.
 */
export function CustomerWork({
  customerId,
  onDone,
}: {
  customerId: CustomerId
  onDone: (customer: OpenedCustomer | null) => void
}) {
  const { say, refusal, language } = useWords()
  const { desk, left } = useStores()
  const draftKey = useCustomerDraft(customerId)
  const { content } = useDraft(draftKey)
  const frame = useComingBack(draftKey)
  const { value: record, error } = useWatch('customer.record', { customerId }, desk.seedOf(customerId))
  const wrapped = useCallback(
    () => onDone(record ? { customerId, name: shortName(record.customer, language), names: record.customer } : null),
    [record, customerId, language, onDone],
  )
  const isNew = record === null && (content.capture !== null || left.has(newCustomerLeft(customerId)))
  return (
    <WorkFrame ref={frame}>
      {record ? (
        <RecordPane record={record} draftKey={draftKey} />
      ) : isNew ? (
        <NewCustomerWork customerId={customerId} draftKey={draftKey} onGone={() => onDone(null)} />
      ) : (
        <Quiet>{error ? refusal(error) : record === null ? say('record/notFound') : say('shell/loading')}</Quiet>
      )}
      {!isNew && (
        <FailureFence part="contact" name={say('call/panelCustomer')}>
          <ContactPanel
            draftKey={draftKey}
            title={say('call/panelCustomer')}
            isCall={false}
            ended
            record={record ?? null}
            onWrapped={wrapped}
          />
        </FailureFence>
      )}
    </WorkFrame>
  )
}

import { useEffect, useState } from 'react'
import type { OpenedCustomer } from '../../app/workspace.ts'
import { useAdopted, useStores } from '../../app/stores.ts'
import { useBridge } from '../../bridge/bridge-context.ts'
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
  const bridge = useBridge()
  const { desk } = useStores()
  const draftKey = `customer:${customerId}`
  const { value: record, error } = useWatch('customer.record', { customerId }, desk.seedOf(customerId))
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    void bridge.act('draft.open', { customerId }).then((result) => setOpened(result.ok))
  }, [bridge, customerId])
  useAdopted(useWatch('draft', opened ? { key: draftKey } : null).value)
  return (
    <WorkFrame>
      {record ? <RecordPane record={record} /> : <Quiet>{error ? refusal(error) : record === null ? say('record/notFound') : say('shell/loading')}</Quiet>}
      <ContactPanel contact={{ draftKey, title: say('call/panelCustomer'), isCall: false, ended: true, record: record ?? null }} onWrapped={() => onDone(record ? { customerId, name: shortName(record.customer, language) } : null)} />
    </WorkFrame>
  )
}

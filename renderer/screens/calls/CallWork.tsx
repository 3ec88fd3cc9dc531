import { useCallback } from 'react'
import { useStores } from '../../app/stores.ts'
import type { OpenedCustomer } from '../../app/workspace.ts'
import { FailureFence } from '../../app/FailureFence.tsx'
import { useWatch } from '../../bridge/use-watch.ts'
import { outcomeOfCall } from '../../../domain/call-outcome.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { usePhaseWords } from '../../parts/call-strip/phase-words.ts'
import { WhoIsIt } from '../../parts/caller/WhoIsIt.tsx'
import { WhyThisCustomer } from '../../parts/caller/WhyThisCustomer.tsx'
import { ContactPanel } from '../../parts/contact/ContactPanel.tsx'
import { useComingBack } from '../../parts/form/use-coming-back.ts'
import { Quiet } from '../../parts/list-table/ListTable.tsx'
import { shortName } from '../../parts/record/customer-name.ts'
import { personName } from '../../parts/record/people.ts'
import { useNow } from '../../parts/time/use-now.ts'
import { RecordPane } from './RecordPane.tsx'
import { WorkFrame } from './WorkFrame.tsx'

/** One call: its customer, their record as it came with the pop, and the panel of the call. */
export function CallWork({ desk, onDone }: { desk: DeskCall; onDone: (customer: OpenedCustomer) => void }) {
  const { say, refusal, language } = useWords()
  const { desk: store } = useStores()
  const now = useNow(30_000)
  const frame = useComingBack(desk.draft.key)
  const { customerId, call } = desk
  const colleagues = useWatch('colleagues', call.handedOver ? {} : null).value ?? []
  const { value: record } = useWatch(
    'customer.record',
    customerId === null ? null : { customerId },
    customerId === null ? undefined : store.seedOf(customerId),
  )
  const handedOver = call.handedOver
  const phaseWords = usePhaseWords()
  const wrapped = useCallback(() => {
    if (record)
      onDone({ customerId: record.customer.id, name: shortName(record.customer, language), names: record.customer })
  }, [record, language, onDone])
  const from = handedOver ? personName(colleagues, handedOver.fromUserId, language) : ''
  const isOwn = handedOver?.fromUserId === call.userId
  const own = handedOver && isOwn && handedOver.note !== '' ? say('call/given/yourNote', { note: handedOver.note }) : ''
  const given =
    handedOver && !isOwn
      ? handedOver.note === ''
        ? say('call/handedOverSilent', { name: from })
        : say('call/handedOver', { name: from, note: handedOver.note })
      : ''
  const said = [phaseWords.back(call), own, given].filter(Boolean).join('\n') || undefined
  // Shown in the record's place or above it: the record could not be read and will be read again; an earlier reading,
  // if there is one, is still shown.
  const unread = desk.unread ? <Quiet role="status">{refusal(desk.unread)}</Quiet> : null
  return (
    <WorkFrame ref={frame}>
      {customerId === null && (
        <div className="asking">
          <FailureFence part="who" name={say('call/chooser/title')} of={desk}>
            <WhoIsIt desk={desk} now={now} />
          </FailureFence>
        </div>
      )}
      {customerId !== null && record && (
        <RecordPane record={record} draftKey={desk.draft.key}>
          {unread}
          <FailureFence part="why" name={say('shell/failed/header')} of={desk}>
            <WhyThisCustomer desk={desk} now={now} />
          </FailureFence>
        </RecordPane>
      )}
      {customerId !== null &&
        !record &&
        (unread ?? <Quiet>{record === null ? say('record/notFound') : say('shell/loading')}</Quiet>)}
      <FailureFence part="contact" name={say('call/panel')}>
        <ContactPanel
          draftKey={desk.draft.key}
          title={call.phase === 'ended' ? say('call/panelEnded') : say('call/panel')}
          isCall
          caller={desk}
          ended={call.phase === 'ended' || desk.local}
          record={record ?? null}
          onWrapped={wrapped}
          outcome={outcomeOfCall(call)}
          said={said}
        />
      </FailureFence>
    </WorkFrame>
  )
}

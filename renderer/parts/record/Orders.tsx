import { calendarDate } from '../../../domain/zoned-time.ts'
import type { Order } from '../../../protocol/entities.ts'
import { RECORD_LIST_LIMIT, type CustomerRecord } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ListTable, Quiet, type FoundRow } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { productName } from './product-name.ts'
import { AllWhose, whoseColumn } from './Whose.tsx'

/** The orders, with the state of each. */
export function Orders({ record, now, found }: { record: CustomerRecord; now: number; found: FoundRow | null }) {
  const { say, formats, language } = useWords()
  const today = calendarDate(now, formats.timeZone)
  const owners = record.orders.map(({ order }) => order.customerId)
  return (
    <>
      <AllWhose record={record} owners={owners} />
      <ListTable
        label={say('record/views/orders')}
        rows={record.orders}
        rowKey={({ order }) => order.id}
        empty={say('record/noOrders')}
        found={found}
        numbersOf={({ order, shipments }) => [order.number, ...shipments.map((s) => s.trackingNumber)]}
        unconfirmed={{ ids: record.unconfirmed, title: say('record/unconfirmed') }}
        columns={[
          { key: 'number', head: say('record/column/number'), renderCell: ({ order }) => order.number },
          ...whoseColumn(record, owners, say('record/column/whose'), ({ order }: { order: Order }) => order.customerId),
          {
            key: 'date',
            head: say('record/column/date'),
            renderCell: ({ order }) => (
              <span title={formats.exact(order.placedAt)}>{formats.moment(order.placedAt, now)}</span>
            ),
          },
          {
            key: 'status',
            head: say('record/column/status'),
            renderCell: ({ order }) => {
              const late =
                order.expectedOn !== null &&
                order.expectedOn < today &&
                (order.status === 'shipped' || order.status === 'confirmed')
              const meaning = late ? 'error' : order.status === 'delivered' ? 'success' : 'plain'
              return (
                <State meaning={meaning}>
                  {late ? '! ' : ''}
                  {say(`record/orderStatus/${order.status}`)}
                </State>
              )
            },
          },
          {
            key: 'goods',
            head: say('record/column/goods'),
            wide: true,
            renderCell: ({ order }) =>
              order.lines
                .map((line) => `${formats.number(line.quantity)} × ${productName(line, record.products, language)}`)
                .join(', '),
          },
          {
            key: 'shipped',
            head: say('record/column/shipped'),
            renderCell: ({ shipments, returns }) => (
              <>
                {shipments.map((s) => (
                  <div key={s.id}>
                    {s.carrier} {s.trackingNumber} · {say(`record/shipmentStatus/${s.status}`)}
                  </div>
                ))}
                {returns.map((r) => (
                  <div key={r.id}>
                    {say('record/kind/orderReturn')} · {say(`record/returnStatus/${r.status}`)}
                  </div>
                ))}
              </>
            ),
          },
          {
            key: 'total',
            head: say('record/column/total'),
            numeric: true,
            renderCell: ({ order }) => formats.money(order.totalMinor, order.currency),
          },
        ]}
      />
      {record.orders.length >= RECORD_LIST_LIMIT && (
        <Quiet>{say('record/listLimit', { count: RECORD_LIST_LIMIT })}</Quiet>
      )}
    </>
  )
}

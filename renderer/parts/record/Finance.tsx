import { calendarDate } from '../../../domain/zoned-time.ts'
import type { Invoice, Payment } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ListTable, type FoundRow } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { AllWhose, whoseColumn } from './Whose.tsx'

/** What the customer owes and what they have paid. */
export function Finance({ record, now, found }: { record: CustomerRecord; now: number; found: FoundRow | null }) {
  const { say, formats } = useWords()
  const today = calendarDate(now, formats.timeZone)
  const invoiceNumber = (id: string | null): string =>
    record.invoices.find((invoice) => invoice.id === id)?.number ?? ''
  const owners = [...record.invoices, ...record.payments].map((row) => row.customerId)
  return (
    <>
      <AllWhose record={record} owners={owners} />
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 460px), 1fr))',
          gap: '12px 16px',
          alignItems: 'start',
        }}
      >
        <ListTable
          label={say('record/invoices')}
          rows={record.invoices}
          rowKey={(i) => i.id}
          empty={say('record/noInvoices')}
          found={found}
          numbersOf={(i) => [i.number]}
          columns={[
            { key: 'number', head: say('record/kind/invoice'), renderCell: (i) => i.number },
            ...whoseColumn(record, owners, say('record/column/whose'), (i: Invoice) => i.customerId),
            {
              key: 'date',
              head: say('record/column/date'),
              renderCell: (i) => <span title={formats.exact(i.issuedAt)}>{formats.moment(i.issuedAt, now)}</span>,
            },
            { key: 'due', head: say('record/column/due'), renderCell: (i) => formats.date(i.dueOn) },
            {
              key: 'status',
              head: say('record/column/status'),
              renderCell: (i) => {
                const overdue = i.status === 'open' && i.dueOn < today
                return (
                  <State meaning={overdue ? 'error' : i.status === 'paid' ? 'success' : 'plain'}>
                    {overdue ? `! ${say('record/invoiceStatus/overdue')}` : say(`record/invoiceStatus/${i.status}`)}
                  </State>
                )
              },
            },
            {
              key: 'total',
              head: say('record/column/total'),
              numeric: true,
              renderCell: (i) => formats.money(i.totalMinor, i.currency),
            },
            {
              key: 'open',
              head: say('record/column/open'),
              numeric: true,
              renderCell: (i) => (i.status === 'open' ? formats.money(i.totalMinor - i.paidMinor, i.currency) : ''),
            },
          ]}
        />
        <ListTable
          label={say('record/payments')}
          rows={record.payments}
          rowKey={(p) => p.id}
          empty={say('record/noPayments')}
          columns={[
            {
              key: 'date',
              head: say('record/kind/payment'),
              renderCell: (p) => <span title={formats.exact(p.receivedAt)}>{formats.moment(p.receivedAt, now)}</span>,
            },
            ...whoseColumn(record, owners, say('record/column/whose'), (p: Payment) => p.customerId),
            { key: 'method', head: say('record/column/method'), renderCell: (p) => say(`record/method/${p.method}`) },
            { key: 'invoice', head: say('record/kind/invoice'), renderCell: (p) => invoiceNumber(p.invoiceId) },
            {
              key: 'amount',
              head: say('record/column/total'),
              numeric: true,
              renderCell: (p) => formats.money(p.amountMinor, p.currency),
            },
          ]}
        />
      </div>
    </>
  )
}

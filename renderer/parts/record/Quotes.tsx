import Button from '@mui/material/Button'
import type { Quote } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ListTable } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { useRun } from '../notice/use-act.ts'
import { personName } from './people.ts'
import { AllWhose, whoseColumn } from './Whose.tsx'

/** Every price this customer or their organisation was told; an open one can be answered here. */
export function Quotes({ record, now }: { record: CustomerRecord; now: number }) {
  const { say, formats, language } = useWords()
  const run = useRun()
  const rows = record.quotes.flatMap((quote) => quote.lines.map((line, n) => ({ quote, line, n })))
  const answer = ({ id: quoteId, customerId }: Quote, given: 'accepted' | 'rejected'): void =>
    void run('quote.answer', { quoteId, customerId, answer: given }, say(given === 'accepted' ? 'record/quoteStatus/accepted' : 'record/quoteStatus/rejected'))
  const owners = record.quotes.map((row) => row.customerId)
  return (
    <>
      <AllWhose record={record} owners={owners} />
      <ListTable
        label={say('record/views/quotes')} rows={rows} rowKey={({ quote, n }) => (n === 0 ? quote.id : `${quote.id}-${n}`)} empty={say('record/noQuotes')}
        unconfirmed={{ ids: record.unconfirmed, title: say('record/unconfirmed') }}
        columns={[
          { key: 'number', head: say('record/column/number'), renderCell: ({ quote }) => quote.number ?? '…' },
          ...whoseColumn(record, owners, say('record/column/whose'), ({ quote }: { quote: Quote }) => quote.customerId),
          { key: 'date', head: say('record/column/date'), renderCell: ({ quote }) => <span title={formats.exact(quote.issuedAt)}>{formats.moment(quote.issuedAt, now)}</span> },
          { key: 'product', head: say('record/column/product'), renderCell: ({ line }) => <span title={line.name}>{line.sku}</span> },
          { key: 'quantity', head: say('record/column/quantity'), numeric: true, renderCell: ({ line }) => formats.number(line.quantity) },
          { key: 'price', head: say('record/column/price'), numeric: true, renderCell: ({ quote, line }) => <strong>{formats.money(line.unitPriceMinor, quote.currency)}</strong> },
          { key: 'list', head: say('record/column/list'), numeric: true, renderCell: ({ quote, line }) => formats.money(line.listPriceMinor, quote.currency) },
          { key: 'floor', head: say('record/column/floor'), numeric: true, renderCell: ({ quote, line }) => formats.money(line.floorPriceMinor, quote.currency) },
          { key: 'by', head: say('record/column/by'), renderCell: ({ quote }) => personName(record.people, quote.issuedBy, language) },
          {
            key: 'status', head: say('record/column/status'),
            renderCell: ({ quote }) => (
              <>
                <State meaning={quote.status === 'accepted' ? 'success' : 'plain'}>{say(`record/quoteStatus/${quote.status}`)}</State>
                {quote.approval !== 'none' && <> <State meaning={quote.approval === 'granted' ? 'success' : 'warning'}>{say(`record/approval/${quote.approval}`)}</State></>}
              </>
            ),
          },
          { key: 'reason', head: say('record/column/reason'), wide: true, renderCell: ({ line }) => line.reason ?? '' },
          {
            key: 'action', head: say('record/column/action'),
            renderCell: ({ quote, n }) => quote.status === 'issued' && n === 0 && (
              <>
                {quote.approval !== 'needed' && quote.approval !== 'refused' && <Button sx={{ py: 0 }} onClick={() => answer(quote, 'accepted')}>{say('record/quoteAccepted')}</Button>}
                <Button sx={{ py: 0 }} color="inherit" onClick={() => answer(quote, 'rejected')}>{say('record/quoteRejected')}</Button>
              </>
            ),
          },
        ]}
      />
    </>
  )
}

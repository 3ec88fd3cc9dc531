import Button from '@mui/material/Button'
import { useState } from 'react'
import { isOpenQuote, waitsForApproval } from '../../../domain/price-guard.ts'
import { mayTakeBack } from '../../../domain/take-back.ts'
import type { Quote } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { SentenceForm } from '../approval/SentenceForm.tsx'
import { ListTable, type FoundRow } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { useRun } from '../notice/use-act.ts'
import { personName } from './people.ts'
import { answerWords, decisionWords, quoteStanding } from './quote-words.ts'
import { productName } from './product-name.ts'
import { AllWhose, whoseColumn } from './Whose.tsx'

/** Every price that this customer or their organisation was told; an open quote can be answered here. */
export function Quotes({ record, now, found }: { record: CustomerRecord; now: number; found: FoundRow | null }) {
  const words = useWords()
  const { say, formats, language } = words
  const run = useRun()
  const rows = record.quotes.flatMap((quote) => quote.lines.map((line, n) => ({ quote, line, n })))
  const identity = useWatch('session', {}).value?.identity
  const [rejecting, setRejecting] = useState<string | null>(null)
  const answer = (
    { id: quoteId, customerId }: Quote,
    given: 'accepted' | 'rejected',
    reason: string | null,
  ): Promise<boolean> =>
    run('quote.answer', { quoteId, customerId, answer: given, reason }, say(`record/quoteStatus/${given}`), {
      command: 'quote.takeBack',
      args: { quoteId, customerId },
      done: say('work/quote/answerUndone'),
    })
  const takeBack = ({ id: quoteId, customerId }: Quote): void =>
    void run('quote.takeBack', { quoteId, customerId }, say('work/quote/answerUndone'))
  const undoable = ({ status, answeredBy, answeredAt }: Quote): boolean =>
    (status === 'accepted' || status === 'rejected') &&
    identity !== null &&
    identity !== undefined &&
    mayTakeBack({ doneBy: answeredBy, doneAt: answeredAt }, identity, now)
  const rejected = record.quotes.find((quote) => quote.id === rejecting && quote.status === 'issued')
  const owners = record.quotes.map((row) => row.customerId)
  return (
    <>
      <AllWhose record={record} owners={owners} />
      {rejected && (
        <div style={{ padding: '8px 12px' }}>
          <SentenceForm
            key={rejected.id}
            about={rejected.id}
            title={`${rejected.number ?? ''} · ${say('work/quote/reject')}`}
            label={say('work/quote/said')}
            submit={say('work/quote/reject')}
            onSubmit={(reason) => answer(rejected, 'rejected', reason)}
            onClose={() => setRejecting(null)}
          />
        </div>
      )}
      <ListTable
        label={say('record/views/quotes')}
        rows={rows}
        rowKey={({ quote, n }) => (n === 0 ? quote.id : `${quote.id}-${n}`)}
        empty={say('record/noQuotes')}
        found={found}
        numbersOf={({ quote, n }) => (n === 0 ? [quote.number] : [])}
        unconfirmed={{ ids: record.unconfirmed, title: say('record/unconfirmed') }}
        columns={[
          { key: 'number', head: say('record/column/number'), renderCell: ({ quote }) => quote.number ?? '…' },
          ...whoseColumn(record, owners, say('record/column/whose'), ({ quote }: { quote: Quote }) => quote.customerId),
          {
            key: 'date',
            head: say('record/column/date'),
            renderCell: ({ quote }) => (
              <span title={formats.exact(quote.issuedAt)}>{formats.moment(quote.issuedAt, now)}</span>
            ),
          },
          {
            key: 'product',
            head: say('record/column/product'),
            wide: true,
            renderCell: ({ line }) => (
              <>
                <strong>{line.sku}</strong> {productName(line, record.products, language)}
              </>
            ),
          },
          {
            key: 'quantity',
            head: say('record/column/quantity'),
            numeric: true,
            renderCell: ({ line }) => formats.number(line.quantity),
          },
          {
            key: 'price',
            head: say('record/column/price'),
            numeric: true,
            renderCell: ({ quote, line }) => <strong>{formats.money(line.unitPriceMinor, quote.currency)}</strong>,
          },
          {
            key: 'list',
            head: say('record/column/list'),
            numeric: true,
            renderCell: ({ quote, line }) => formats.money(line.listPriceMinor, quote.currency),
          },
          {
            key: 'floor',
            head: say('record/column/floor'),
            numeric: true,
            renderCell: ({ quote, line }) => formats.money(line.floorPriceMinor, quote.currency),
          },
          {
            key: 'by',
            head: say('record/column/by'),
            renderCell: ({ quote }) => personName(record.people, quote.issuedBy, language),
          },
          {
            key: 'status',
            head: say('record/column/status'),
            renderCell: ({ quote }) => {
              const { word, meaning } = quoteStanding(quote, words)
              const detail = [
                decisionWords(quote, record.people, now, words),
                answerWords(quote, record.people, now, words),
              ]
                .filter(Boolean)
                .join(' · ')
              return (
                <>
                  <State meaning={meaning}>{word}</State>
                  {detail !== '' && <div style={{ whiteSpace: 'normal', minWidth: 160, fontSize: 12 }}>{detail}</div>}
                </>
              )
            },
          },
          { key: 'reason', head: say('record/column/reason'), wide: true, renderCell: ({ line }) => line.reason ?? '' },
          {
            key: 'action',
            head: say('record/column/action'),
            renderCell: ({ quote, n }) =>
              n === 0 && (
                <>
                  {isOpenQuote(quote) && (
                    <Button sx={{ py: 0 }} onClick={() => void answer(quote, 'accepted', null)}>
                      {say('record/quoteAccepted')}
                    </Button>
                  )}
                  {(isOpenQuote(quote) || (waitsForApproval(quote) && quote.issuedBy === identity?.userId)) && (
                    <Button sx={{ py: 0 }} color="inherit" onClick={() => setRejecting(quote.id)}>
                      {say('record/quoteRejected')}
                    </Button>
                  )}
                  {undoable(quote) && (
                    <Button sx={{ py: 0 }} color="inherit" onClick={() => takeBack(quote)}>
                      {say('work/quote/undo')}
                    </Button>
                  )}
                </>
              ),
          },
        ]}
      />
    </>
  )
}

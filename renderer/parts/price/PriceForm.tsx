import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useRef, useState } from 'react'
import { idBeside } from '../../../domain/id-beside.ts'
import { may } from '../../../domain/permissions.ts'
import { readAmount, readQuantity } from '../../../domain/money/read-amount.ts'
import { checkPrice, isOpenQuote, quotedAs, waitsForApproval } from '../../../domain/price-guard.ts'
import { isBlank } from '../../../domain/visible-text.ts'
import type { Product } from '../../../protocol/entities.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useLeft } from '../../app/stores.ts'
import { SHORT_TEXT } from '../../../protocol/scalars.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { FormFrame } from '../contact/FormFrame.tsx'
import { SubmitButton } from '../form/Form.tsx'
import { DraftField } from '../form/LimitedField.tsx'
import { useDraftForm } from '../form/use-draft-form.ts'
import { Quiet } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { useRun } from '../notice/use-act.ts'
import { PickList } from '../pick-list/PickList.tsx'
import { useNow } from '../time/use-now.ts'
import { unitWord } from './unit-word.ts'
import { amountProblem } from './amount-problem.ts'
import { PriceMemoryList } from './PriceMemoryList.tsx'

const VALID_DAYS = 14
const DAY_MS = 86_400_000

const Row = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 8,
  alignItems: 'start',
  '& > :nth-of-type(1)': { width: 48 },
  '& > :nth-of-type(2)': { width: 112 },
  '& > :nth-of-type(3)': { flex: '1 1 120px', minWidth: 0 },
})
const Remarks = styled('div')({ '& > span': { whiteSpace: 'normal' } })
/** Until when a price is valid that is told now. */
const validFromNow = (): number => Date.now() + VALID_DAYS * DAY_MS
const empty = { productId: null, productSku: '', price: '', quantity: '1', reason: '' }

/**
 * The form for a price for this customer, beside everything that they were told before. A price that differs needs a
 * reason, which is asked for in the price's row.
 */
export function PriceForm({
  record,
  draftKey,
  onClose,
}: {
  record: CustomerRecord
  draftKey: string
  onClose: () => void
}) {
  const words = useWords()
  const { say, formats, language } = words
  const run = useRun()
  const now = useNow(60_000)
  const { text: quote, id: quoteId, set, clear } = useDraftForm(draftKey, 'quote', empty)
  const [wanted, setWanted] = useLeft(`${draftKey} product text`, '')
  const [picked, setPicked] = useLeft<Product | null>(`${draftKey} product`, null)
  const [tried, setTried] = useState(false)
  const reasonField = useRef<HTMLInputElement | HTMLTextAreaElement>(null)
  // After a restart only the draft knows which product it was, so the product is looked up again.
  const lost = picked === null && quote.productId !== null
  const found = useWatch('product.search', picked ? null : { text: lost ? quote.productSku : wanted, limit: 8 }).value
  const product = picked ?? found?.find((p) => p.id === quote.productId) ?? null
  const memory = useWatch(
    'price.memory',
    product ? { customerId: record.customer.id, productId: product.id } : null,
  ).value

  const price = product ? readAmount(quote.price, product.currency) : null
  const unitPriceMinor = price?.ok ? price.value : null
  const count = readQuantity(quote.quantity)
  const quantity = count.ok ? count.value : null
  const check =
    product && memory && unitPriceMinor !== null ? checkPrice(unitPriceMinor, product, memory.heldAgainst) : null
  const identity = useWatch('session', {}).value?.identity
  const userId = identity?.userId
  /** A price below the floor must be approved, unless the user may approve prices themselves. */
  const asks = (check?.belowFloor ?? false) && !(identity && may(identity.role, 'price.approve'))
  const reasonMissing = (check?.deviates ?? false) && isBlank(quote.reason)

  const issue = async (): Promise<void> => {
    setTried(true)
    if (reasonMissing) reasonField.current?.focus()
    if (!product || unitPriceMinor === null || quantity === null || reasonMissing) return
    // This quote replaces the customer's open quote for the same single product.
    const open = record.quotes.find(
      (q) =>
        quotedAs(record.customer).includes(q.customerId) &&
        (isOpenQuote(q) || (waitsForApproval(q) && q.issuedBy === userId)) &&
        q.lines.length === 1 &&
        q.lines[0]?.productId === product.id,
    )
    const reason = quote.reason.trim()
    const done = await run(
      'quote.issue',
      {
        quoteId,
        customerId: record.customer.id,
        supersedes: open?.id ?? null,
        validUntil: validFromNow(),
        lines: [{ productId: product.id, quantity, unitPriceMinor, reason: reason === '' ? null : reason }],
        followUpTaskId: idBeside(quoteId, 'followUp'),
      },
      say(asks ? 'record/price/asked' : 'record/price/issued'),
    )
    if (!done) return
    clear()
    setPicked(null)
    setWanted('')
    onClose()
  }

  const nameOf = (p: Product): string => (language === 'zh' ? (p.nativeName ?? p.name) : p.name)
  const pick = (id: string): void => {
    const one = found?.find((p) => p.id === id)
    if (!one) return
    setPicked(one)
    set({ productId: one.id, productSku: one.sku })
  }

  return (
    <FormFrame title={say('record/price/title')} onSubmit={issue} onClose={onClose}>
      {product === null && lost && found === undefined && <Quiet>{say('shell/loading')}</Quiet>}
      {product === null ? (
        !(lost && found === undefined) && (
          <PickList
            label={say('record/price/productSearch')}
            text={wanted}
            onText={setWanted}
            onPick={pick}
            autoFocus
            maxHeight={180}
            items={(found ?? []).map((p) => ({
              key: p.id,
              content: (
                <>
                  <strong>{p.sku}</strong> {nameOf(p)} · {formats.money(p.listPriceMinor, p.currency)}
                </>
              ),
            }))}
            empty={found ? <Quiet>{say('record/price/noProduct')}</Quiet> : undefined}
          />
        )
      ) : (
        <>
          <div>
            <strong>{product.sku}</strong> {nameOf(product)}{' '}
            <Button
              sx={{ py: 0, fontSize: 12 }}
              onClick={() => {
                setPicked(null)
                set({ productId: null, productSku: '' })
              }}
            >
              {say('record/price/changeProduct')}
            </Button>
          </div>
          <Row>
            <DraftField
              draftKey={draftKey}
              name="price.quantity"
              label={say('record/price/quantity')}
              value={quote.quantity}
              error={(tried || quote.quantity !== '') && quantity === null}
              onText={(quantity) => set({ quantity })}
              limit={SHORT_TEXT}
              input={{ inputMode: 'numeric', style: { textAlign: 'right' } }}
            />
            <DraftField
              draftKey={draftKey}
              name="price.price"
              label={say('record/price/price', { unit: unitWord(product.unit, say) })}
              value={quote.price}
              autoFocus
              error={quote.price !== '' && unitPriceMinor === null}
              onText={(price) => set({ price })}
              limit={SHORT_TEXT}
              input={{ inputMode: 'decimal', style: { textAlign: 'right' } }}
            />
            {check?.deviates ? (
              <DraftField
                draftKey={draftKey}
                name="price.reason"
                label={say('record/price/reason')}
                value={quote.reason}
                required
                error={tried && reasonMissing}
                onText={(reason) => set({ reason })}
                limit={SHORT_TEXT}
                fieldRef={reasonField}
              />
            ) : (
              <span />
            )}
          </Row>
          <Remarks aria-live="polite">
            {quote.price !== '' && price && !price.ok && (
              <State meaning="error">{amountProblem(price.problem, 'price', words)}</State>
            )}
            {quote.quantity !== '' && !count.ok && (
              <State meaning="error">{amountProblem(count.problem, 'quantity', words)}</State>
            )}
            {tried && quote.quantity === '' && <State meaning="error">{say('record/price/quantityUnreadable')}</State>}
            {check && reasonMissing && (
              <State meaning="warning">
                {say('record/price/reasonNeeded', {
                  reference: say(check.reference.kind === 'told' ? 'record/price/told' : 'record/price/listed', {
                    amount: formats.money(check.reference.unitPriceMinor, check.reference.currency),
                  }),
                })}
              </State>
            )}
            {asks && (
              <>
                {' '}
                <State meaning="error">{say('record/price/belowFloor')}</State>
              </>
            )}
          </Remarks>
          <SubmitButton>
            {say(asks ? 'record/price/ask' : 'record/price/issue')}
            {unitPriceMinor !== null && quantity !== null
              ? ` · ${formats.money(unitPriceMinor * quantity, product.currency)}`
              : ''}
          </SubmitButton>
          {memory && <PriceMemoryList memory={memory} now={now} />}
        </>
      )}
    </FormFrame>
  )
}

import { styled } from '@mui/material/styles'
import type { Quote } from '../../../protocol/entities.ts'
import type { QuoteLine } from '../../../protocol/entities/quote.ts'
import type { ProductName } from '../../../protocol/record.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { PriceMemoryList } from '../price/PriceMemoryList.tsx'
import { productName } from '../record/product-name.ts'

const Frame = styled('section')(({ theme }) => ({
  display: 'grid',
  gap: 8,
  padding: '8px 12px',
  border: `1px solid ${theme.vars.palette.divider}`,
  borderRadius: 4,
  '& h3': { margin: 0, fontSize: 13 },
  '& dl': { margin: 0 },
  '& .prices': {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(120px, max-content))',
    gap: '4px 24px',
  },
  '& .prices dt': { fontSize: 12, color: theme.vars.palette.text.secondary },
  '& .prices dd': { margin: 0, fontSize: 15, fontWeight: 600, fontVariantNumeric: 'tabular-nums' },
  '& .prices .below': { color: theme.vars.palette.error.main },
}))

/**
 * One price that waits for approval, beside list price and floor, with all earlier prices that this customer or
 * organisation was told and paid.
 */
export function AskedPrice({
  quote,
  line,
  products,
  customerId,
  now,
}: {
  quote: Quote
  line: QuoteLine
  products: readonly ProductName[]
  customerId: CustomerId
  now: number
}) {
  const { say, formats, language } = useWords()
  const name = productName(line, products, language)
  const memory = useWatch('price.memory', { customerId, productId: line.productId }).value
  const money = (amountMinor: number): string => formats.money(amountMinor, quote.currency)
  const below = (reference: number): string =>
    reference === 0 ? '' : ` (${formats.percent((line.unitPriceMinor - reference) / reference)})`
  return (
    <Frame aria-label={`${line.sku} ${name}`}>
      <h3>
        {line.sku} · {name}
      </h3>
      <dl className="prices">
        <div>
          <dt>{say('work/approval/asked')}</dt>
          <dd className={line.unitPriceMinor < line.floorPriceMinor ? 'below' : undefined}>
            {money(line.unitPriceMinor)}
          </dd>
        </div>
        <div>
          <dt>{say('record/price/floor')}</dt>
          <dd>
            {money(line.floorPriceMinor)}
            {below(line.floorPriceMinor)}
          </dd>
        </div>
        <div>
          <dt>{say('record/price/list')}</dt>
          <dd>
            {money(line.listPriceMinor)}
            {below(line.listPriceMinor)}
          </dd>
        </div>
        <div>
          <dt>{say('record/column/quantity')}</dt>
          <dd>{formats.number(line.quantity)}</dd>
        </div>
        <div>
          <dt>{say('record/column/total')}</dt>
          <dd>{money(line.quantity * line.unitPriceMinor)}</dd>
        </div>
      </dl>
      <div>
        <strong>{say('work/approval/why')}</strong> {line.reason ?? say('work/approval/noReason')}
      </div>
      {memory && (
        <PriceMemoryList
          memory={{ ...memory, waiting: memory.waiting.filter(({ quoteId }) => quoteId !== quote.id) }}
          now={now}
        />
      )}
    </Frame>
  )
}

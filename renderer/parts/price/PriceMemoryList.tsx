import { styled } from '@mui/material/styles'
import type { PriceMemory } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'
import { shortName } from '../record/customer-name.ts'
import { personName } from '../record/people.ts'
import { isolated } from '../../i18n/isolated.ts'

const Frame = styled('dl')(({ theme }) => ({
  margin: 0,
  fontSize: 12,
  lineHeight: '18px',
  '& dt': { fontWeight: 600, color: theme.vars.palette.text.secondary },
  '& dd': {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(72px, max-content) minmax(0, 1fr) auto',
    columnGap: 8,
  },
  '& .amount': { fontWeight: 600 },
  '& .who': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
}))

/**
 * How many lines each group shows, newest first; the rest is in the quotes. The price that a new one is compared with
 * is always among them.
 */
const SHOWN = 3

function shownOf({ toldBefore, heldAgainst }: PriceMemory): PriceMemory['toldBefore'] {
  const newest = toldBefore.slice(0, SHOWN)
  const held = toldBefore.find(({ quoteId }) => quoteId === heldAgainst?.quoteId)
  return !held || newest.includes(held) ? newest : [...newest.slice(0, SHOWN - 1), held]
}

/** All that was said about this product's price: list and floor, told before, open with colleagues, paid. */
export function PriceMemoryList({ memory, now }: { memory: PriceMemory; now: number }) {
  const { say, formats, language } = useWords()
  const when = (at: number) => <span title={formats.exact(at)}>{formats.moment(at, now)}</span>
  return (
    <Frame aria-label={say('record/price/memory')}>
      <dd>
        <span className="amount">{formats.money(memory.listPriceMinor, memory.currency)}</span>
        <span>{say('record/price/list')}</span>
        <span>
          {say('record/price/floor')}{' '}
          <span className="amount">{formats.money(memory.floorPriceMinor, memory.currency)}</span>
        </span>
      </dd>
      <dt>{say('record/price/toldBefore')}</dt>
      {memory.toldBefore.length === 0 && (
        <dd>
          <span />
          <span>{say('record/price/never')}</span>
        </dd>
      )}
      {shownOf(memory).map((told) => (
        <dd key={told.quoteId}>
          <span className="amount">{formats.money(told.unitPriceMinor, told.currency)}</span>
          <span className="who">
            {personName(memory.people, told.by, language)}
            {told.to && ` → ${shortName(told.to, language)}`} · {say(`record/quoteStatus/${told.status}`)}
          </span>
          {when(told.at)}
        </dd>
      ))}
      {memory.waiting.length > 0 && <dt>{say('work/approval/waiting')}</dt>}
      {memory.waiting.slice(0, SHOWN).map((waits) => (
        <dd key={waits.quoteId}>
          <span className="amount">{formats.money(waits.unitPriceMinor, waits.currency)}</span>
          <span className="who">{personName(memory.people, waits.by, language)}</span>
          {when(waits.at)}
        </dd>
      ))}
      {memory.openWithColleagues.length > 0 && <dt>{say('record/price/openElsewhere')}</dt>}
      {memory.openWithColleagues.slice(0, SHOWN).map((open) => (
        <dd key={open.quoteId}>
          <span className="amount">{formats.money(open.unitPriceMinor, open.currency)}</span>
          <span className="who">
            {personName(memory.people, open.by, language)} → {isolated(open.customerName)}
          </span>
          {when(open.at)}
        </dd>
      ))}
      {memory.paidBefore.length > 0 && <dt>{say('record/price/paidBefore')}</dt>}
      {memory.paidBefore.slice(0, SHOWN).map((paid) => (
        <dd key={`${paid.orderId}${paid.unitPriceMinor}`}>
          <span className="amount">{formats.money(paid.unitPriceMinor, paid.currency)}</span>
          <span />
          {when(paid.at)}
        </dd>
      ))}
    </Frame>
  )
}

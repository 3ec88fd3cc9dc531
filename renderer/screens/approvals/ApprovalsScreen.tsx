import { styled } from '@mui/material/styles'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { ApprovalItem } from '../../../protocol/workstation.ts'
import type { OpenCustomer } from '../../app/open-customer.ts'
import { isOfInputMethod } from '../../app/input-method.ts'
import { focusedText } from '../../app/pop-manners.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { askedWords } from '../../parts/approval/approval-words.ts'
import { Quiet } from '../../parts/list-table/ListTable.tsx'
import { bothNames } from '../../parts/record/customer-name.ts'
import { useNow } from '../../parts/time/use-now.ts'
import { ApprovalDetail, type Decision } from './ApprovalDetail.tsx'
import { isolated } from '../../i18n/isolated.ts'

const Frame = styled('section')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(260px, 340px) minmax(0, 1fr)',
  gridTemplateRows: 'auto minmax(0, 1fr)',
  height: '100%',
  minHeight: 0,
  '& > h1': { gridColumn: '1 / -1', fontSize: 18, margin: '12px 16px 8px' },
  '& [role=listbox]': {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    overflowY: 'auto',
    borderRight: `1px solid ${theme.vars.palette.divider}`,
  },
  '& [role=option]': {
    padding: '6px 16px',
    cursor: 'pointer',
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
    borderLeft: '3px solid transparent',
  },
  '& [role=option][aria-selected=true]': {
    borderLeftColor: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.background.paper,
  },
  '& .line': { display: 'flex', justifyContent: 'space-between', gap: 8 },
  '& .line > :first-child': { minWidth: 0, overflowWrap: 'anywhere' },
  '& .line > :last-child:not(:first-child)': { flexShrink: 0 },
  '& .quiet': { color: theme.vars.palette.text.secondary, fontSize: 12 },
}))

/**
 * Prices below the floor that wait for a decision: the list on the left; on the right, all that is needed to decide.
 */
export default function ApprovalsScreen({ onOpen }: { onOpen: OpenCustomer }) {
  const words = useWords()
  const { say, formats, refusal, language } = words
  const now = useNow(30_000)
  const { value, error } = useWatch('approvals.waiting', {})
  const [chosen, setChosen] = useState<string | null>(null)
  const [deciding, setDeciding] = useState<Decision | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const items = value ?? []
  const at = Math.max(
    0,
    items.findIndex(({ quote }) => quote.id === chosen),
  )
  const item = items[at]
  useEffect(() => {
    if (item && document.activeElement === document.body) list.current?.focus()
  }, [item])

  const go = (to: number): void => {
    const next = items[Math.min(items.length - 1, Math.max(0, to))]
    if (!next) return
    setChosen(next.quote.id)
    setDeciding(null)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      focusedText(document.activeElement) !== null ||
      isOfInputMethod(event.nativeEvent)
    )
      return
    const act = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      a: () => setDeciding('approve'),
      r: () => setDeciding('refuse'),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act || !item) return
    event.preventDefault()
    act()
  }
  // The next one opens at once: the one that follows in the list, or at the end the one before.
  const decided = (): void => {
    setDeciding(null)
    const next = items[at + 1] ?? items[at - 1]
    setChosen(next?.quote.id ?? null)
    list.current?.focus()
  }
  return (
    <Frame aria-label={say('work/approval/title')} onKeyDown={onKey}>
      <h1>{say('work/approval/title')}</h1>
      {error && <p role="alert">{refusal(error)}</p>}
      {value !== undefined && items.length === 0 ? (
        <Quiet>{say('work/approval/empty')}</Quiet>
      ) : (
        <ul
          ref={list}
          role="listbox"
          tabIndex={0}
          aria-label={say('work/approval/title')}
          aria-activedescendant={item && `approval-${item.quote.id}`}
        >
          {items.map((one, n) => (
            <li
              key={one.quote.id}
              id={`approval-${one.quote.id}`}
              role="option"
              aria-selected={n === at}
              onClick={() => go(n)}
            >
              <Line
                item={one}
                asked={askedWords(one, words)}
                customer={bothNames(one.customer, language)}
                asker={name(one.asker, language)}
                waits={formats.relative(one.quote.askedAt ?? one.quote.issuedAt, now)}
              />
            </li>
          ))}
        </ul>
      )}
      {item && (
        <ApprovalDetail
          key={item.quote.id}
          item={item}
          now={now}
          deciding={deciding}
          onDeciding={setDeciding}
          onDecided={decided}
          onOpen={onOpen}
        />
      )}
    </Frame>
  )
}

const name = (person: ApprovalItem['asker'], language: 'en' | 'zh'): string =>
  person === null ? '' : isolated(language === 'zh' ? (person.nativeName ?? person.displayName) : person.displayName)

function Line({
  item,
  asked,
  customer,
  asker,
  waits,
}: {
  item: ApprovalItem
  asked: string
  customer: string
  asker: string
  waits: string
}) {
  const { say } = useWords()
  return (
    <>
      <div className="line">
        <strong>{asked}</strong>
        <span className="quiet">{waits}</span>
      </div>
      <div className="line">
        <span>{customer}</span>
      </div>
      <div className="line quiet">
        <span>{say('work/approval/askedBy', { name: asker })}</span>
        <span>{item.quote.number ?? '…'}</span>
      </div>
    </>
  )
}

import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { Children, isValidElement, lazy, memo, Suspense, useDeferredValue, type ReactNode } from 'react'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useAskToErase } from '../../app/ask-to-erase.ts'
import { useOpenCustomer } from '../../app/open-customer.ts'
import { useKeys } from '../../app/use-keys.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Icon } from '../icon/Icon.tsx'
import { Key, shortcut } from '../key/Key.tsx'
import { State } from '../list-table/State.tsx'
import { useAct } from '../notice/use-act.ts'
import { EditButton } from './CustomerData.tsx'
import { creditWords, overdueWords } from './credit-words.ts'
import { bothNames, shortName } from './customer-name.ts'
import { loadSpend } from './load-spend.ts'
import { townName } from './town-name.ts'
import { preferenceLine } from './preference-words.ts'
import { isolated } from '../../i18n/isolated.ts'

const Spend = lazy(loadSpend)

const Frame = styled('header')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  containerType: 'inline-size',
  padding: '8px 12px',
  minHeight: 106,
  boxSizing: 'border-box',
  backgroundColor: theme.vars.palette.background.paper,
  borderBottom: `1px solid ${theme.vars.palette.divider}`,
  '& > div': { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', columnGap: 16, minWidth: 0 },
  '& > div > div': { minWidth: 0 },
  '& .name': { display: 'flex', alignItems: 'baseline', gap: 12, height: 24, minWidth: 0 },
  // City and language take what the name leaves them; the name is shortened only where they have nothing.
  '& .name p': { flex: '1 1 0', maxWidth: 'max-content', minWidth: 0 },
  '& .name button': { flexShrink: 0 },
  '& h1': {
    flexShrink: 1,
    minWidth: 0,
    margin: 0,
    fontSize: 18,
    lineHeight: '24px',
    fontWeight: 600,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  // One line each, so that everything below is at the same height for every customer.
  '& p': { margin: 0, lineHeight: '20px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& .quiet': { color: theme.vars.palette.text.secondary },
  '& .dot + .dot::before': { content: '"·"', margin: '0 2px', color: theme.vars.palette.text.secondary },
  '& .spend': { width: 148, height: 44 },
  // An amount is never shortened before the name is, and what follows the amount is shortened first.
  '& .standing': { display: 'flex', alignItems: 'baseline' },
  '& .standing > .dot': {
    flex: '1 1 0',
    maxWidth: 'max-content',
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  '& .standing > .dot:has(.state-word)': { flex: 'none' },
  '& .standing > .dot:has(.organisation)': {
    flex: '0 1 auto',
    minWidth: 96,
    display: 'flex',
    alignItems: 'baseline',
    gap: 4,
  },
  // Where there is no room for both, the bars are hidden and the numbers to call stay.
  '@container (max-width: 560px)': { '& .spend': { display: 'none' }, '& > div': { columnGap: 8 } },
  '& .organisation': {
    font: 'inherit',
    fontWeight: 600,
    color: theme.vars.palette.primary.main,
    background: 'none',
    border: 0,
    padding: 0,
    cursor: 'pointer',
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& .organisation + kbd': { flexShrink: 0 },
}))

/** Joins the parts of a line with dots; unknown parts are left out. */
function Line({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <p className={className}>
      {Children.toArray(children)
        .filter((part) => part !== '')
        .map((part, n) => (
          <span className="dot" key={isValidElement(part) ? part.key : n}>
            {part}
          </span>
        ))}
    </p>
  )
}

/** The amount that is past its due date, in red. */
function Overdue({ amount }: { amount: string }) {
  const { say } = useWords()
  return <State meaning="error">{say('record/overdue', { amount })}</State>
}

/** Who the customer is, what they are worth, what they owe, what they like: always in the same place. */
export const RecordHeader = memo(function RecordHeader({
  record,
  now,
  draftKey,
}: {
  record: CustomerRecord
  now: number
  draftKey: string
}) {
  const words = useWords()
  const { say, formats, language } = words
  const act = useAct()
  const { customer, facts, credit, organisation, organisationCredit, contactPoints } = record
  // The words are painted first; the chart's place is kept free.
  const spend = useDeferredValue(facts.spendByMonth, null)
  const years = customer.customerSince ?? facts.firstOrderAt
  const age = years === null ? 0 : Math.floor((now - years) / (365.25 * 86_400_000))
  const hotel = customer.profile === 'hotel'
  const phones = contactPoints.filter((point) => point.kind === 'phone')
  const emails = contactPoints.filter((point) => point.kind === 'email')
  const birthday =
    facts.birthdayInDays === null || facts.birthdayInDays > 14 ? (
      customer.birthday === null ? null : (
        say('record/birthday', { date: formats.birthday(customer.birthday) })
      )
    ) : (
      <State meaning="warning">
        {facts.birthdayInDays === 0
          ? say('record/birthdayToday')
          : say('record/birthdayIn', { when: formats.relative(now + facts.birthdayInDays * 86_400_000, now) })}
      </State>
    )
  const standing = creditWords(credit, words)
  const overdue = overdueWords(credit, words)
  const town = townName({ city: customer.city, cityLatin: record.cityLatin }, language)
  const liked = preferenceLine(record, say, language)
  const open = useOpenCustomer()
  const askToErase = useAskToErase()
  const openOrganisation = (): void => {
    if (organisation) open({ ...organisation, customerId: organisation.id })
  }
  useKeys(organisation ? { organisation: openOrganisation } : {})
  const theirs = organisationCredit && creditWords(organisationCredit, words)
  const theirOverdue = organisationCredit && overdueWords(organisationCredit, words)

  return (
    <Frame>
      <div>
        <div>
          <div className="name">
            <h1>{bothNames(customer, language)}</h1>
            <Line>
              {birthday}
              {town && isolated(town)}
              {say(`record/languageName/${customer.language}`)}
            </Line>
            <EditButton record={record} draftKey={draftKey} />
            {askToErase && (
              <Button
                size="small"
                color="inherit"
                onClick={() => askToErase({ customerId: customer.id, name: shortName(customer, language) })}
              >
                {say('record/erase/action')}
              </Button>
            )}
          </div>
          <Line>
            <strong>{say(`record/tier/${customer.tier}`)}</strong>
            {hotel && say('record/stays', { count: facts.stayCount })}
            {years !== null && (age > 0 ? formats.years(age) : say('record/newCustomer'))}
            {customer.lifetimeValueMinor !== null &&
              say('record/clv', { amount: formats.moneyShort(customer.lifetimeValueMinor, customer.currency) })}
            {customer.churnRisk === 'high' && <State meaning="error">{say('record/churn/high')}</State>}
            {customer.churnRisk !== null && customer.churnRisk !== 'high' && (
              <span className="quiet">{say(`record/churn/${customer.churnRisk}`)}</span>
            )}
            <span className="quiet">{say('record/account', { number: customer.number })}</span>
            {facts.lastContactAt !== null && (
              <span className="quiet" title={formats.exact(facts.lastContactAt)}>
                {say('call/why/lastContact', { time: formats.relative(facts.lastContactAt, now) })}
              </span>
            )}
          </Line>
          <Line className="standing">
            {organisation && (
              <>
                <button
                  type="button"
                  className="organisation"
                  onClick={openOrganisation}
                  aria-keyshortcuts={shortcut('organisation')}
                >
                  {say('record/contract', {
                    name: isolated((language === 'zh' ? organisation.nativeName : null) ?? organisation.displayName),
                  })}
                </button>{' '}
                <Key of="organisation" />
              </>
            )}
            {/* The overdue amount comes first: where the line is too long, only the rest of the credit is cut. */}
            {theirOverdue && <Overdue amount={theirOverdue} />}
            {overdue && <Overdue amount={overdue} />}
            {theirs && <span title={theirs}>{theirs}</span>}
            {standing !== null && (theirs ? say('record/ownCredit', { standing }) : standing)}
          </Line>
          <p title={liked} className={liked === '' ? 'quiet' : undefined}>
            {say(hotel ? 'record/likes' : 'record/prefers', { preferences: liked || say('record/nothingPreferred') })}
          </p>
        </div>
        <div>
          <div className="spend">
            <Suspense fallback={null}>
              {spend && <Spend months={spend} others={facts.otherSpend} currency={customer.currency} />}
            </Suspense>
          </div>
          <div style={{ textAlign: 'right' }}>
            {phones.slice(0, 2).map((point) => (
              <div key={point.id}>
                {point.invalid ? (
                  <s title={say('record/wrongNumber')}>{point.raw}</s>
                ) : (
                  <Button
                    size="small"
                    startIcon={<Icon name="phone" size={12} />}
                    aria-label={say('record/dial', { number: record.shownNumbers?.[point.id] ?? point.raw })}
                    onClick={() =>
                      void act('call.dial', {
                        number: point.e164 ?? point.raw,
                        customerId: point.customerId,
                        taskId: null,
                      })
                    }
                  >
                    {record.shownNumbers?.[point.id] ?? point.raw}
                  </Button>
                )}
              </div>
            ))}
            {phones.length === 0 &&
              emails.slice(0, 1).map((point) => (
                <div key={point.id} className="quiet">
                  {point.raw}
                </div>
              ))}
          </div>
        </div>
      </div>
    </Frame>
  )
})

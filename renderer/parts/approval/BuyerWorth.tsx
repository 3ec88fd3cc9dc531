import { styled } from '@mui/material/styles'
import { may } from '../../../domain/permissions.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { creditWords, overdueWords } from '../record/credit-words.ts'

const Facts = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  display: 'flex',
  flexWrap: 'wrap',
  gap: '2px 16px',
  color: theme.vars.palette.text.secondary,
  '& strong': { color: theme.vars.palette.text.primary },
}))

/**
 * What a customer is worth, as far as the user's role may see it: class, orders and debts; the lifetime value only for
 * managers.
 */
export function BuyerWorth({ customerId, now }: { customerId: CustomerId; now: number }) {
  const words = useWords()
  const { say, formats } = words
  const record = useWatch('customer.record', { customerId }).value
  const role = useWatch('session', {}).value?.identity?.role
  if (!record) return null
  const { customer, facts } = record
  const credit = creditWords(record.organisationCredit ?? record.credit, words)
  const overdue = overdueWords(record.organisationCredit ?? record.credit, words)
  return (
    <Facts aria-label={say('work/approval/worth')}>
      <li>
        <strong>{say(`record/tier/${customer.tier}`)}</strong>
      </li>
      {customer.churnRisk && <li>{say(`record/churn/${customer.churnRisk}`)}</li>}
      <li>
        {say('work/approval/orders', {
          count: facts.orderCount,
          amount: formats.moneyPlain(facts.revenueMinor, customer.currency),
        })}
      </li>
      {facts.lastOrderAt !== null && (
        <li>{say('work/approval/lastOrder', { time: formats.relative(facts.lastOrderAt, now) })}</li>
      )}
      {role && may(role, 'customer.worth') && customer.lifetimeValueMinor !== null && (
        <li>{say('record/clv', { amount: formats.moneyPlain(customer.lifetimeValueMinor, customer.currency) })}</li>
      )}
      {credit !== null && <li>{credit}</li>}
      {overdue !== null && <li>{say('record/overdue', { amount: overdue })}</li>}
    </Facts>
  )
}

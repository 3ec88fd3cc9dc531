import { RECORD_LIST_LIMIT, type Credit } from '../../protocol/record.ts'
import type { Customer, Invoice } from '../../protocol/entities.ts'
import type { ReadableDb } from '../handles.ts'

type Debt = Pick<Invoice, 'status' | 'dueOn' | 'currency' | 'totalMinor' | 'paidMinor'>

/**
 * A customer's credit on `today` (YYYY-MM-DD), over every open invoice. `newest` are the invoices that were already
 * read. Debts in different currencies are never added: a limit is compared only with debts in its own currency.
 */
export function creditOf(db: ReadableDb, customer: Customer, newest: readonly Debt[], today: string): Credit {
  const invoices = newest.length < RECORD_LIST_LIMIT ? newest : openInvoices(db, customer.id)
  const owed = new Map([[customer.currency, { usedMinor: 0, overdueMinor: 0 }]])
  for (const { status, dueOn, currency, totalMinor, paidMinor } of invoices) {
    if (status !== 'open') continue
    const sum = owed.get(currency) ?? { usedMinor: 0, overdueMinor: 0 }
    owed.set(currency, sum)
    sum.usedMinor += totalMinor - paidMinor
    if (dueOn < today) sum.overdueMinor += totalMinor - paidMinor
  }
  const { usedMinor, overdueMinor } = owed.get(customer.currency)!
  owed.delete(customer.currency)
  const others = [...owed]
    .map(([currency, sum]) => ({ currency, ...sum }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
  return {
    grade: customer.creditGrade,
    limitMinor: customer.creditLimitMinor,
    usedMinor,
    overdueMinor,
    currency: customer.currency,
    others,
  }
}

const openInvoices = (db: ReadableDb, customerId: string) =>
  db.all<Debt>(
    `SELECT "status", "dueOn", "currency", "totalMinor", "paidMinor" FROM "invoice" WHERE "customerId" = ? AND "status" = 'open'`,
    customerId,
  )

import { RECORD_LIST_LIMIT, type Credit } from '../../protocol/record.ts'
import type { Customer, Invoice } from '../../protocol/entities.ts'
import type { ReadableDb } from '../handles.ts'

type Debt = Pick<Invoice, 'status' | 'dueOn' | 'totalMinor' | 'paidMinor'>

/** How a customer's credit stands on `today` (YYYY-MM-DD), over every open invoice; `newest`: their invoices as far as they were read. */
export function creditOf(db: ReadableDb, customer: Customer, newest: readonly Debt[], today: string): Credit {
  const invoices = newest.length < RECORD_LIST_LIMIT ? newest : openInvoices(db, customer.id)
  let usedMinor = 0
  let overdueMinor = 0
  for (const invoice of invoices) {
    if (invoice.status !== 'open') continue
    const unpaid = invoice.totalMinor - invoice.paidMinor
    usedMinor += unpaid
    if (invoice.dueOn < today) overdueMinor += unpaid
  }
  return { grade: customer.creditGrade, limitMinor: customer.creditLimitMinor, usedMinor, overdueMinor, currency: customer.currency }
}

const openInvoices = (db: ReadableDb, customerId: string) =>
  db.all<Debt>(`SELECT "status", "dueOn", "totalMinor", "paidMinor" FROM "invoice" WHERE "customerId" = ? AND "status" = 'open'`, customerId)

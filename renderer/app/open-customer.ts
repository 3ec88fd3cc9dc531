import { createContext, useContext } from 'react'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { CustomerNames } from '../parts/record/customer-name.ts'
import type { RecordView } from '../parts/record/record-view.ts'

/**
 * Opens a customer in a tab of their own and keeps the other tabs: at the given view of the record, or at the view
 * where it was left. `found` is the number of the row in that view that the search found.
 */
export type OpenCustomer = (
  customer: CustomerNames & { readonly customerId: CustomerId },
  view?: RecordView,
  found?: string | null,
) => void

export const OpenCustomerContext = createContext<OpenCustomer>(() => {})
export const useOpenCustomer = (): OpenCustomer => useContext(OpenCustomerContext)

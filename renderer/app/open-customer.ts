import { createContext, useContext } from 'react'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { CustomerNames } from '../parts/record/customer-name.ts'
import type { RecordView } from '../parts/record/record-view.ts'

/** Opens a customer in a tab of their own, beside what is open: at a view of their record, or as it was left. `found`: the number of what was looked for in that view. */
export type OpenCustomer = (customer: CustomerNames & { readonly customerId: CustomerId }, view?: RecordView, found?: string | null) => void

export const OpenCustomerContext = createContext<OpenCustomer>(() => {})
export const useOpenCustomer = (): OpenCustomer => useContext(OpenCustomerContext)

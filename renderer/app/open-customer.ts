import { createContext, useContext } from 'react'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { CustomerNames } from '../parts/record/customer-name.ts'

/** Opens a customer in a tab of their own, beside what is open. */
export type OpenCustomer = (customer: CustomerNames & { readonly customerId: CustomerId }) => void

export const OpenCustomerContext = createContext<OpenCustomer>(() => {})
export const useOpenCustomer = (): OpenCustomer => useContext(OpenCustomerContext)

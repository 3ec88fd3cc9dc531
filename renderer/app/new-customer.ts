import type { CustomerId } from '../../protocol/scalars.ts'

/** The key under which the text of the search is kept. */
export const SEARCH_TEXT = 'search'

/** The key under which the search text is kept for the form of a new customer, until that form is opened. */
export const newCustomerLeft = (customerId: CustomerId): string => `${customerId} new customer`

/** The search text as first values of the form: a name has letters, a number has none. */
export const beginningOf = (typed: string): { readonly name: string; readonly phone: string } =>
  /\p{L}/u.test(typed) ? { name: typed.trim(), phone: '' } : { name: '', phone: typed.trim() }

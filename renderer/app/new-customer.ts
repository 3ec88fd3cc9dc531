import type { CustomerId } from '../../protocol/scalars.ts'

/** Where the text of the search is left. */
export const SEARCH_TEXT = 'search'

/** Where what was typed to find somebody is kept for the form that writes them down, until it is opened. */
export const newCustomerLeft = (customerId: CustomerId): string => `${customerId} new customer`

/** What was typed to find somebody, as the beginning of the form: a name has letters, a number has none. */
export const beginningOf = (typed: string): { readonly name: string; readonly phone: string } =>
  /\p{L}/u.test(typed) ? { name: typed.trim(), phone: '' } : { name: '', phone: typed.trim() }

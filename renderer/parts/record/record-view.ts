import type { CustomerId } from '../../../protocol/scalars.ts'
import type { SearchHit } from '../../../protocol/workstation.ts'

/** The views that a record shows below its open matters. */
export type RecordView =
  | 'timeline'
  | 'contacts'
  | 'stays'
  | 'preferences'
  | 'orders'
  | 'finance'
  | 'quotes'
  | 'complaints'

/** The key under which the last view of a record is kept. */
export const viewLeft = (customerId: CustomerId): string => `${customerId} view`

/** The number that was searched for in a view. `reached`: its row has already had the focus. */
export interface FoundNumber {
  readonly number: string
  readonly reached: boolean
}
export const foundLeft = (customerId: CustomerId): string => `${customerId} found`

const viewsOfFinds: Partial<Record<SearchHit['foundBy'], RecordView>> = {
  order: 'orders',
  tracking: 'orders',
  invoice: 'finance',
  quote: 'quotes',
  complaint: 'complaints',
}

/** The view that holds the thing that a customer was found by; undefined where it was the customer's own data. */
export const viewFound = ({ foundBy }: Pick<SearchHit, 'foundBy'>): RecordView | undefined => viewsOfFinds[foundBy]

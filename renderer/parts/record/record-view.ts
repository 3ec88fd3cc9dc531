import type { CustomerId } from '../../../protocol/scalars.ts'

/** What a record shows below its open matters. */
export type RecordView = 'timeline' | 'contacts' | 'stays' | 'preferences' | 'orders' | 'finance' | 'quotes' | 'complaints'

/** Under this the view is kept in which a record was left. */
export const viewLeft = (customerId: CustomerId): string => `${customerId} view`

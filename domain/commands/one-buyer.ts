import type { Customer } from '../../protocol/entities.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import { isAtServer, one, refused, unusable, type CommandContext, type Effect, type RowRef, type Rows } from './define.ts'

interface OfCustomer { readonly customerId: CustomerId }

/** Whose a row is that a command refers to: read to see whether it is the same buyer. */
export const buyerRead = (referred: OfCustomer | '' | null): RowRef[] => (referred ? [one('customer', referred.customerId)] : [])

/**
 * What a command about a customer refers to is theirs, their organisation's, or of somebody who calls for them: never
 * another buyer's. A workstation may not hold the row, and leaves it to the server then.
 */
export function buyerRefusal(rows: Rows, customer: Customer, referred: OfCustomer | null, by: CommandContext, field: string): Effect | null {
  if (!referred) return isAtServer(by) ? refused('ROW_UNKNOWN') : null
  if (headOf(customer) === referred.customerId || customer.id === referred.customerId) return null
  const owner = rows.get('customer', referred.customerId)
  return owner && headOf(owner) === headOf(customer) ? null : unusable(field, 'otherCustomer')
}

/** An organisation and all who call for it are one buyer. */
const headOf = ({ id, organisationId }: Customer): CustomerId => organisationId ?? id

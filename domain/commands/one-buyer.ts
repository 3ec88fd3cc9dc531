import type { Customer } from '../../protocol/entities.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import {
  isAtServer,
  one,
  refused,
  unusable,
  type CommandContext,
  type Effect,
  type RowRef,
  type Rows,
} from './define.ts'

interface OfCustomer {
  readonly customerId: CustomerId
}

/** Reads the customer of a row to which a command refers, to see whether it is the same buyer. */
export const buyerRead = (referred: OfCustomer | '' | null): RowRef[] =>
  referred ? [one('customer', referred.customerId)] : []

/**
 * A row to which a command about a customer refers must belong to that customer, to their organisation, or to a person
 * who calls for them, never to another buyer. A workstation may not hold the row, and then leaves the decision to the
 * server.
 */
export function buyerRefusal(
  rows: Rows,
  customer: Customer,
  referred: OfCustomer | null,
  by: CommandContext,
  field: string,
): Effect | null {
  if (!referred) return isAtServer(by) ? refused('ROW_UNKNOWN') : null
  if (headOf(customer) === referred.customerId || customer.id === referred.customerId) return null
  const owner = rows.get('customer', referred.customerId)
  return owner && headOf(owner) === headOf(customer) ? null : unusable(field, 'otherCustomer')
}

/** The id that stands for a buyer: an organisation and all people who call for it are one buyer. */
const headOf = ({ id, organisationId }: Customer): CustomerId => organisationId ?? id

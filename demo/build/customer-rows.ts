import { untouched } from '../../domain/untouched-rows.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { Customer, Order } from '../../protocol/entities.ts'
import { Random } from '../random.ts'
import { fenOfCents, stored, type BuildContext, type RowSet } from './build-context.ts'
import { careRows } from './care-rows.ts'
import type { CustomerSeed } from './customer-seed.ts'
import { accountNumber, contactPersons, contactPointsOf, customerIdOf, nameOf } from './identity.ts'
import { interactionRows } from './interaction-rows.ts'
import { orderRows } from './order-rows.ts'
import { stayRows } from './stay-rows.ts'

const A_DAY = 86_400_000

/** All rows of the record of one customer. The same seed and context give the same rows. */
export function customerRows(context: BuildContext, seed: CustomerSeed): RowSet {
  const id = customerIdOf(context.seed, seed.index)
  const { orders, shipments, returns, invoices, payments } = orderRows(context, seed, id)
  const customer = customerOf(context, seed, orders)
  const contactPoint = contactPointsOf(context, seed, customer)
  const { stays, preferences } = stayRows(context, seed, id)
  const care = careRows(context, seed, customer, orders)
  const persons = customer.kind === 'organisation' ? contactPersons(context, seed, customer, contactPoint[0]!) : []
  return {
    customer: [customer, ...persons.map((p) => p.customer)],
    contactPoint: [...contactPoint, ...persons.flatMap((p) => p.points)],
    order: orders,
    shipment: shipments,
    orderReturn: returns,
    invoice: invoices,
    payment: payments,
    quote: care.quotes,
    complaint: care.complaints,
    interaction: heldBy(persons, interactionRows(context, seed, customer)),
    preference: [...preferences, ...heldBy(persons, care.preferences)],
    stay: stays,
    task: care.tasks,
  }
}

/**
 * An organisation buys, but its people call and have preferences, so such rows are given to its people in turn. The
 * rows of other customers stay with the customer.
 */
function heldBy<R extends { readonly customerId: CustomerId | null }>(
  persons: readonly { readonly customer: Customer }[],
  rows: readonly R[],
): R[] {
  return rows.map((row, i) =>
    persons.length === 0 ? row : { ...row, customerId: persons[i % persons.length]!.customer.id },
  )
}

function customerOf(context: BuildContext, seed: CustomerSeed, orders: readonly Order[]): Customer {
  const random = new Random(context.seed, 'standing', seed.index)
  const name = nameOf(context, seed)
  const { asOf, arrivalDate, at } = context.calendar
  const spentCents =
    seed.purchases.reduce((sum, p) => sum + p.cents, 0) +
    seed.bookings.filter((b) => b.status === 'Check-Out').reduce((sum, b) => sum + b.nights * b.rateCents, 0)
  const lastAt = Math.max(orders.at(-1)?.placedAt ?? 0, ...seed.bookings.map((b) => at(arrivalDate(b.arrivalDay), 0)))
  const firstAt = Math.min(
    orders[0]?.placedAt ?? asOf,
    ...seed.bookings.map((b) => at(arrivalDate(b.arrivalDay), 0) - b.leadDays * A_DAY),
    asOf,
  )
  const idleDays = (asOf - lastAt) / A_DAY
  const year = new Date(asOf).getUTCFullYear() - random.int(19, 78)
  const birthday = `${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`
  const business = name.kind === 'organisation'
  return {
    id: customerIdOf(context.seed, seed.index),
    number: accountNumber(seed.index),
    profile: business ? 'b2b' : seed.kind === 'guest' ? 'hotel' : 'retail',
    ...name,
    organisationId: null,
    birthday: business || !random.chance(0.4) ? null : `${random.chance(0.8) ? year : '-'}-${birthday}`,
    tier: tierOf(spentCents, idleDays),
    customerSince: Math.min(firstAt, asOf) - (random.chance(0.3) ? random.int(1, 6) * 365 * A_DAY : 0),
    currency: seed.kind === 'guest' ? 'EUR' : 'CNY',
    lifetimeValueMinor:
      spentCents === 0
        ? null
        : Math.round((seed.kind === 'guest' ? spentCents : fenOfCents(spentCents)) * (1.1 + random.next() * 0.6)),
    churnRisk: spentCents === 0 ? null : idleDays > 270 ? 'high' : idleDays > 120 ? 'medium' : 'low',
    creditGrade: business || random.chance(0.15) ? random.weighted({ A: 5, B: 4, C: 2, D: 1 }) : null,
    creditLimitMinor: business ? random.int(1, 20) * 500_000 : null,
    ownerUserId: business ? random.pick(context.staff.agents).id : null,
    remark: null,
    ...untouched.customer,
    ...stored,
  }
}

/**
 * Thresholds that turn the published purchases into a pyramid: about 1 % top, 4 % large, 15 % medium. In cents of the
 * source.
 */
function tierOf(spentCents: number, idleDays: number): Customer['tier'] {
  if (spentCents >= 90_000) return 'top'
  if (spentCents >= 40_000) return 'large'
  if (spentCents >= 13_000) return 'medium'
  if (spentCents === 0) return 'prospect'
  return idleDays > 300 ? 'inactive' : 'small'
}

import type { z } from 'zod'
import { complaint } from './entities/complaint.ts'
import { contactPoint } from './entities/contact-point.ts'
import { customer } from './entities/customer.ts'
import { interaction, interactionRevision } from './entities/interaction.ts'
import { invoice } from './entities/invoice.ts'
import { line } from './entities/line.ts'
import { numberPick } from './entities/number-pick.ts'
import { orderReturn } from './entities/order-return.ts'
import { order } from './entities/order.ts'
import { payment } from './entities/payment.ts'
import { preference } from './entities/preference.ts'
import { product, productCost } from './entities/product.ts'
import { quote } from './entities/quote.ts'
import { shipment } from './entities/shipment.ts'
import { stay } from './entities/stay.ts'
import { task } from './entities/task.ts'
import { user } from './entities/user.ts'

/** Every entity of the record. The tables of both databases are checked against this map. */
export const entities = {
  user,
  line,
  product,
  productCost,
  customer,
  contactPoint,
  order,
  shipment,
  orderReturn,
  invoice,
  payment,
  quote,
  complaint,
  interaction,
  interactionRevision,
  preference,
  stay,
  task,
  numberPick,
} as const

export type EntityName = keyof typeof entities
export type Row<E extends EntityName> = z.infer<(typeof entities)[E]['schema']>

export type Customer = Row<'customer'>
export type ContactPoint = Row<'contactPoint'>
export type Product = Row<'product'>
export type Order = Row<'order'>
export type Shipment = Row<'shipment'>
export type OrderReturn = Row<'orderReturn'>
export type Invoice = Row<'invoice'>
export type Payment = Row<'payment'>
export type Quote = Row<'quote'>
export type Complaint = Row<'complaint'>
export type Interaction = Row<'interaction'>
export type InteractionRevision = Row<'interactionRevision'>
export type Preference = Row<'preference'>
export type Stay = Row<'stay'>
export type Task = Row<'task'>
export type User = Row<'user'>
export type Line = Row<'line'>

export const entityNames = Object.keys(entities) as EntityName[]

import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CustomerId, Id, Instant, LongText, ShortText, UserId } from '../scalars.ts'

/** The chain: sales logs, quality is informed and names a department, it finds the cause, quality confirms, sales tells the customer. */
export const ComplaintStep = z.enum(['logged', 'informed', 'assigned', 'investigated', 'confirmed', 'told'])
export type ComplaintStep = z.infer<typeof ComplaintStep>

export const Department = z.enum(['sales', 'quality', 'purchasing', 'production', 'logistics', 'finance'])

/** A complaint with who holds it and until when; closed when the customer has been told. */
export const complaint = defineEntity('complaint', { by: 'customer', time: 'openedAt' }, {
  id: Id,
  customerId: CustomerId,
  number: z.string().max(32).nullable(),
  subject: ShortText.min(1),
  description: LongText,
  severity: z.enum(['low', 'normal', 'high']),
  step: ComplaintStep,
  department: Department,
  ownerUserId: UserId.nullable(),
  orderId: Id.nullable(),
  openedAt: Instant,
  openedBy: UserId.nullable(),
  /** When the present step is due, on working time. */
  dueAt: Instant.nullable(),
  closedAt: Instant.nullable(),
})

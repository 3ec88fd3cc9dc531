import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CustomerId, Id, Instant, LongText, ShortText, UserId } from '../scalars.ts'

/** The chain: sales logs, quality is informed and names a department, it finds the cause, quality confirms, sales tells the customer. */
export const ComplaintStep = z.enum(['logged', 'informed', 'assigned', 'investigated', 'confirmed', 'told'])
export type ComplaintStep = z.infer<typeof ComplaintStep>

export const Department = z.enum(['sales', 'quality', 'purchasing', 'production', 'logistics', 'finance'])

/** A step that somebody took, with what they said then; `before` is how the complaint stood, so that the step can be taken back. */
export const StepTaken = z.strictObject({
  to: ComplaintStep,
  by: UserId,
  at: Instant,
  comment: LongText,
  before: z.strictObject({ step: ComplaintStep, department: Department, ownerUserId: UserId.nullable(), dueAt: Instant.nullable() }),
  /** Set where the step was taken back; what was said in it stays readable. */
  takenBackBy: UserId.nullable(),
  takenBackAt: Instant.nullable(),
})
export type StepTaken = z.infer<typeof StepTaken>

/** Steps that one complaint remembers at most; a complaint that was taken back more often than that forgets its first ones. */
export const STEPS_KEPT = 40

/** A complaint with who holds it and until when; closed when the customer has been told. */
export const complaint = defineEntity('complaint', { by: 'customer', time: 'openedAt' }, {
  id: Id,
  customerId: CustomerId,
  number: z.string().max(32).nullable(),
  subject: ShortText.min(1),
  /** In the customer's own words; what was said later stands with its step. */
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
  /** Every step since it was logged, the first one first. */
  steps: z.array(StepTaken).max(STEPS_KEPT).default([]),
})

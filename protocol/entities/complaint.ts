import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CustomerId, Id, Instant, LongText, ShortText, UserId } from '../scalars.ts'

/**
 * The chain of a complaint: sales logs it; quality is informed and names a department; the department finds the cause;
 * quality confirms it; sales tells the customer.
 */
export const ComplaintStep = z.enum(['logged', 'informed', 'assigned', 'investigated', 'confirmed', 'told'])
export type ComplaintStep = z.infer<typeof ComplaintStep>

export const Department = z.enum(['sales', 'quality', 'purchasing', 'production', 'logistics', 'finance'])

/**
 * A step that a user took, with what they wrote then. `before` is the state of the complaint before it, so that the
 * step can be taken back.
 */
export const StepTaken = z.strictObject({
  to: ComplaintStep,
  by: UserId,
  at: Instant,
  comment: LongText,
  before: z.strictObject({
    step: ComplaintStep,
    department: Department,
    ownerUserId: UserId.nullable(),
    dueAt: Instant.nullable(),
  }),
  /** Set where the step was taken back. What was written in it stays readable. */
  takenBackBy: UserId.nullable(),
  takenBackAt: Instant.nullable(),
})
export type StepTaken = z.infer<typeof StepTaken>

/**
 * The most steps that one complaint remembers. A complaint whose steps were taken back more often than that forgets its
 * first ones.
 */
export const STEPS_KEPT = 40

/**
 * A complaint, with the user who holds it and the time by which they must act. It is closed when the customer has been
 * told the result.
 */
export const complaint = defineEntity(
  'complaint',
  { by: 'customer', time: 'openedAt' },
  {
    id: Id,
    customerId: CustomerId,
    number: z.string().max(32).nullable(),
    subject: ShortText.min(1),
    /** The complaint in the customer's own words; what was said later is kept with its step. */
    description: LongText,
    severity: z.enum(['low', 'normal', 'high']),
    step: ComplaintStep,
    department: Department,
    ownerUserId: UserId.nullable(),
    orderId: Id.nullable(),
    openedAt: Instant,
    openedBy: UserId.nullable(),
    /** When the present step is due, counted in working time. */
    dueAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    /** Every step since the complaint was logged, the first one first. */
    steps: z.array(StepTaken).max(STEPS_KEPT).default([]),
  },
)

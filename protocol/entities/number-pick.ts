import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CustomerId, E164, Id, Instant, UserId } from '../scalars.ts'

/**
 * What an agent once answered to "who is this?" for a number, from which the chooser learns. There is one row for each
 * number and customer.
 */
export const numberPick = defineEntity(
  'numberPick',
  { by: 'id' },
  {
    id: Id,
    e164: E164,
    customerId: CustomerId,
    verdict: z.enum(['them', 'notThem']),
    times: z.int().min(1),
    pickedBy: UserId,
    pickedAt: Instant,
  },
)

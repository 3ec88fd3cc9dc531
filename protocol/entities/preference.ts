import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CustomerId, Id, Instant, ShortText, UserId } from '../scalars.ts'

/** What a customer likes, with who noted it and when it was last confirmed. One row a key and customer; the last in the server's order wins. */
export const preference = defineEntity('preference', { by: 'id' }, {
  id: Id,
  customerId: CustomerId,
  /** `room`, `floor`, `meal`, `seat`, `drink`, `contactTime`, `invoice`, `language`, or a word of the site's own. */
  key: z.string().min(1).max(40),
  value: ShortText.min(1),
  source: z.enum(['said', 'observed', 'booking', 'import']),
  notedBy: UserId.nullable(),
  notedAt: Instant,
  confirmedAt: Instant.nullable(),
})

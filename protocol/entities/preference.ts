import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CustomerId, Id, Instant, ShortText, UserId } from '../scalars.ts'

/** What a preference said before a colleague noted something else. */
const Earlier = z.strictObject({ value: ShortText.min(1), notedBy: UserId.nullable(), notedAt: Instant })

/** Earlier values that a preference remembers. */
export const EARLIER_KEPT = 20

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
  confirmedBy: UserId.nullable().default(null),
  /** No longer true: kept, with who said so, and shown no more. */
  retiredAt: Instant.nullable().default(null),
  retiredBy: UserId.nullable().default(null),
  /** What stood here before, the last one first. */
  earlier: z.array(Earlier).max(EARLIER_KEPT).default([]),
})

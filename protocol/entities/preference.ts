import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { CustomerId, Id, Instant, ShortText, UserId } from '../scalars.ts'

/** The value of a preference before a colleague noted another one. */
const Earlier = z.strictObject({ value: ShortText.min(1), notedBy: UserId.nullable(), notedAt: Instant })

/** The most earlier values that a preference remembers. */
export const EARLIER_KEPT = 20

/**
 * What a customer likes, with the user who noted it and the time it was last confirmed. There is one row for each key
 * and customer; the last write in the server's order wins.
 */
export const preference = defineEntity(
  'preference',
  { by: 'id' },
  {
    id: Id,
    customerId: CustomerId,
    /** `room`, `floor`, `meal`, `seat`, `drink`, `contactTime`, `invoice`, `language`, or a key that the site chose. */
    key: z.string().min(1).max(40),
    value: ShortText.min(1),
    source: z.enum(['said', 'observed', 'booking', 'import']),
    notedBy: UserId.nullable(),
    notedAt: Instant,
    confirmedAt: Instant.nullable(),
    confirmedBy: UserId.nullable().default(null),
    /** Set when the preference is no longer true. It is kept, with the user who said so, and no longer shown. */
    retiredAt: Instant.nullable().default(null),
    retiredBy: UserId.nullable().default(null),
    /** The values that this preference had before, the last one first. */
    earlier: z.array(Earlier).max(EARLIER_KEPT).default([]),
  },
)

import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { Country, CustomerId, E164, Id, Instant, ShortText, UserId } from '../scalars.ts'

/**
 * A phone number or address of a customer. `raw` is what somebody wrote; `e164` and `nationalKey` are computed from it
 * when it is written, and lookups use them. For an e-mail address `nationalKey` is null and `emailKey` is the address
 * in lower case.
 */
export const contactPoint = defineEntity(
  'contactPoint',
  { by: 'id' },
  {
    id: Id,
    customerId: CustomerId,
    kind: z.enum(['phone', 'email']),
    label: z.enum(['mobile', 'office', 'home', 'fax', 'other']),
    raw: ShortText,
    e164: E164.nullable(),
    /**
     * The national significant number with its country, "CN:13800138000". It is the key for numbers that arrive without a
     * country code.
     */
    nationalKey: z.string().max(40).nullable(),
    emailKey: z.string().max(320).nullable(),
    region: Country.nullable(),
    preferred: z.boolean(),
    /** The number is wrong or disconnected: screens show it struck through, and it never matches a caller. */
    invalid: z.boolean(),
    /**
     * The user who last added or changed the number in Ringside, and when. Null if another system delivered it and no
     * user has changed it since.
     */
    changedBy: UserId.nullable().default(null),
    changedAt: Instant.nullable().default(null),
  },
)

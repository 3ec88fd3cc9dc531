import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { Country, E164, Id, ShortText } from '../scalars.ts'

/**
 * One of our own lines (DID, trunk), and how the numbers that come in on it are written. Our own numbers never match a
 * customer.
 */
export const line = defineEntity(
  'line',
  { by: 'id' },
  {
    id: Id,
    label: ShortText,
    number: E164.nullable(),
    country: Country,
    areaCode: z.string().max(8).nullable(),
    /** Prefixes for an outside line that the PBX puts before caller ids. The longest one is tried first. */
    outsidePrefixes: z.array(z.string().regex(/^\d{1,4}$/)).max(4),
    /** The provider sends E.164 without its plus. */
    e164WithoutPlus: z.boolean(),
  },
)

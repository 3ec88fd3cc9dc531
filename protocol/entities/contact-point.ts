import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { Country, CustomerId, E164, Id, ShortText } from '../scalars.ts'

/**
 * A phone number or address of a customer. `raw` is what somebody wrote; `e164` and `nationalKey` are computed
 * from it when it is written and are what is looked up. For e-mail `nationalKey` is null and `emailKey` the address in lower case.
 */
export const contactPoint = defineEntity('contactPoint', { by: 'id' }, {
  id: Id,
  customerId: CustomerId,
  kind: z.enum(['phone', 'email']),
  label: z.enum(['mobile', 'office', 'home', 'fax', 'other']),
  raw: ShortText,
  e164: E164.nullable(),
  /** National significant number with its country, "CN:13800138000": the key for numbers that came without a country code. */
  nationalKey: z.string().max(40).nullable(),
  emailKey: z.string().max(320).nullable(),
  region: Country.nullable(),
  preferred: z.boolean(),
  /** Wrong number, disconnected: shown struck through, never matched. */
  invalid: z.boolean(),
})

import { z } from 'zod'
import { Tier } from './entities/customer.ts'
import { CustomerId, E164, StoredInstant } from './scalars.ts'

/** Why a customer is suggested for a number. `domain/matching` ranks the reasons, the strongest first. */
export const MatchReason = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('collectedKey') }),
  z.strictObject({ code: z.literal('pickedBefore'), times: z.number(), at: StoredInstant }),
  z.strictObject({ code: z.literal('exactNumber') }),
  /** The number came without its country code and fits this customer's national key. */
  z.strictObject({ code: z.literal('nationalNumber') }),
  z.strictObject({ code: z.literal('lastContact'), at: StoredInstant }),
  z.strictObject({ code: z.literal('openComplaint') }),
  z.strictObject({ code: z.literal('openOrder') }),
  z.strictObject({ code: z.literal('callbackDue') }),
  z.strictObject({ code: z.literal('sameOrganisation') }),
  /** Only the last digits agree: this is a suggestion, and it never opens the customer automatically. */
  z.strictObject({ code: z.literal('suffix') }),
])
export type MatchReason = z.infer<typeof MatchReason>

export const Candidate = z.strictObject({
  customerId: CustomerId,
  /** Left out where no reader needs it. */
  kind: z.enum(['person', 'organisation']).optional(),
  number: z.string(),
  displayName: z.string(),
  nativeName: z.string().nullable(),
  organisationName: z.string().nullable(),
  /** The organisation's name in its own script, where it has one. */
  organisationNativeName: z.string().nullable().optional(),
  city: z.string().nullable(),
  /** The town in Latin letters, where the customer's town is written in Chinese characters. */
  cityLatin: z.string().optional(),
  tier: Tier,
  reasons: z.array(MatchReason),
})
export type Candidate = z.infer<typeof Candidate>

/** The kind of a number, after it was normalised with its line's rules. */
export const NumberKind = z.enum([
  'number',
  'extension',
  'short_code',
  'feature_code',
  'emergency',
  'sip_user',
  'withheld',
  'invalid',
])
export type NumberKind = z.infer<typeof NumberKind>

/**
 * A caller's number as the screen shows it. `display` is the international format, or the raw text where it is not a
 * number. A `number` without `e164` came without a country code to a workstation that does not know its own country.
 */
export const ShownNumber = z.strictObject({
  kind: NumberKind,
  raw: z.string().max(128),
  e164: E164.nullable(),
  nationalKey: z.string().nullable(),
  region: z.string().nullable(),
  display: z.string(),
})
export type ShownNumber = z.infer<typeof ShownNumber>

/**
 * Which customer a call is from. `one`: the customer opens automatically. `several`: the agent is asked once, and the
 * best match comes first. `none`: the capture form opens, with suggestions that open nothing. `withheld`: nothing was
 * looked up. `ours`: the number is one of our own lines or extensions.
 */
export const Match = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('one'), customerId: CustomerId, candidates: z.array(Candidate).min(1) }),
  z.strictObject({ kind: z.literal('several'), candidates: z.array(Candidate).min(2) }),
  z.strictObject({ kind: z.literal('none'), suggestions: z.array(Candidate) }),
  z.strictObject({ kind: z.literal('withheld') }),
  z.strictObject({ kind: z.literal('ours') }),
])
export type Match = z.infer<typeof Match>

import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import {
  AmountMinor,
  Birthday,
  Country,
  Currency,
  CustomerId,
  Instant,
  LongText,
  ShortText,
  UserId,
} from '../scalars.ts'

/** The customer pyramid, by last year's profit and not by volume (Curry, The Customer Marketing Method, 2000). */
export const Tier = z.enum(['top', 'large', 'medium', 'small', 'inactive', 'prospect'])
export type Tier = z.infer<typeof Tier>

/** Decides what the screen shows first. */
export const Profile = z.enum(['retail', 'b2b', 'hotel'])
export type Profile = z.infer<typeof Profile>

export const ChurnRisk = z.enum(['low', 'medium', 'high'])
export const CreditGrade = z.enum(['A', 'B', 'C', 'D'])
export const Language = z.enum(['en', 'zh', 'de', 'fr', 'es', 'pt', 'ja'])

/** A person or an organisation that buys, stays or asks. */
export const customer = defineEntity(
  'customer',
  { by: 'id' },
  {
    id: CustomerId,
    /** The account number, which callers read out. */
    number: z.string().min(1).max(32),
    kind: z.enum(['person', 'organisation']),
    profile: Profile,
    /** The name in Latin letters, in the order in which it is spoken, "Li Wei"; for an organisation its name. */
    displayName: ShortText.min(1),
    givenName: ShortText.nullable(),
    familyName: ShortText.nullable(),
    /** The name in its own script, such as 李伟. */
    nativeName: ShortText.nullable(),
    organisationId: CustomerId.nullable(),
    language: Language,
    city: ShortText.nullable(),
    country: Country.nullable(),
    birthday: Birthday.nullable(),
    tier: Tier,
    customerSince: Instant.nullable(),
    currency: Currency,
    lifetimeValueMinor: AmountMinor.nullable(),
    churnRisk: ChurnRisk.nullable(),
    creditGrade: CreditGrade.nullable(),
    creditLimitMinor: AmountMinor.nullable(),
    ownerUserId: UserId.nullable(),
    remark: LongText.nullable(),
    /**
     * The user who last created or changed the customer in Ringside, and when. Null if another system delivered it and
     * no user has changed it since.
     */
    changedBy: UserId.nullable().default(null),
    changedAt: Instant.nullable().default(null),
  },
)

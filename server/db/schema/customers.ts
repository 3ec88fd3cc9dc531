import { boolean, index, integer, jsonb, pgTable, text, uuid } from './drizzle.ts'
import { amount, entityColumns, instant } from './columns.ts'

export const customer = pgTable(
  'customer',
  {
    ...entityColumns,
    number: text('number').notNull(),
    kind: text('kind').notNull(),
    profile: text('profile').notNull(),
    displayName: text('display_name').notNull(),
    givenName: text('given_name'),
    familyName: text('family_name'),
    nativeName: text('native_name'),
    organisationId: uuid('organisation_id'),
    language: text('language').notNull(),
    city: text('city'),
    country: text('country'),
    birthday: text('birthday'),
    tier: text('tier').notNull(),
    customerSince: instant('customer_since'),
    currency: text('currency').notNull(),
    lifetimeValueMinor: amount('lifetime_value_minor'),
    churnRisk: text('churn_risk'),
    creditGrade: text('credit_grade'),
    creditLimitMinor: amount('credit_limit_minor'),
    ownerUserId: uuid('owner_user_id'),
    remark: text('remark'),
    changedBy: uuid('changed_by'),
    changedAt: instant('changed_at'),
  },
  (table) => [index('customer_number').on(table.number), index('customer_organisation').on(table.organisationId)],
)

export const contactPoint = pgTable(
  'contact_point',
  {
    ...entityColumns,
    customerId: uuid('customer_id').notNull(),
    kind: text('kind').notNull(),
    label: text('label').notNull(),
    raw: text('raw').notNull(),
    e164: text('e164'),
    nationalKey: text('national_key'),
    emailKey: text('email_key'),
    region: text('region'),
    preferred: boolean('preferred').notNull(),
    invalid: boolean('invalid').notNull(),
    changedBy: uuid('changed_by'),
    changedAt: instant('changed_at'),
  },
  (table) => [
    index('contact_point_customer').on(table.customerId),
    index('contact_point_e164').on(table.e164),
    index('contact_point_national_key').on(table.nationalKey),
    index('contact_point_email_key').on(table.emailKey),
  ],
)

export const preference = pgTable(
  'preference',
  {
    ...entityColumns,
    customerId: uuid('customer_id').notNull(),
    key: text('key').notNull(),
    value: text('value').notNull(),
    source: text('source').notNull(),
    notedBy: uuid('noted_by'),
    notedAt: instant('noted_at').notNull(),
    confirmedAt: instant('confirmed_at'),
    confirmedBy: uuid('confirmed_by'),
    retiredAt: instant('retired_at'),
    retiredBy: uuid('retired_by'),
    earlier: jsonb('earlier').notNull().default([]),
  },
  (table) => [index('preference_customer').on(table.customerId)],
)

export const numberPick = pgTable(
  'number_pick',
  {
    ...entityColumns,
    e164: text('e164').notNull(),
    customerId: uuid('customer_id').notNull(),
    verdict: text('verdict').notNull(),
    times: integer('times').notNull(),
    pickedBy: uuid('picked_by').notNull(),
    pickedAt: instant('picked_at').notNull(),
  },
  (table) => [index('number_pick_e164').on(table.e164), index('number_pick_customer').on(table.customerId)],
)

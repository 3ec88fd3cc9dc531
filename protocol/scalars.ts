import { z } from 'zod'

/** UUIDv7, made where the row is made; sorts by creation. */
export const Id = z.uuid()

export const CustomerId = z.uuid().brand<'CustomerId'>()
export type CustomerId = z.infer<typeof CustomerId>

export const UserId = z.uuid().brand<'UserId'>()
export type UserId = z.infer<typeof UserId>

/** Our own id of a call; a provider's id can change under it. */
export const CallId = z.string().min(1).max(128).brand<'CallId'>()
export type CallId = z.infer<typeof CallId>

export const DeviceId = z.uuid().brand<'DeviceId'>()
export type DeviceId = z.infer<typeof DeviceId>

/** Business is done between these instants: 1900-01-01 and 2200-01-01, both 00:00 UTC. */
export const EARLIEST_INSTANT = Date.UTC(1900, 0, 1)
export const LATEST_INSTANT = Date.UTC(2200, 0, 1)

/** When something of the record happened or is due: a UTC instant in milliseconds since 1970. */
export const Instant = z.int().min(EARLIEST_INSTANT).max(LATEST_INSTANT)

/**
 * An instant as a clock of some machine says it: any that a date can hold (ECMA-262 §21.4.1.1).
 * A clock that is centuries off must not stop what it stands beside.
 */
export const ClockInstant = z.int().min(-8.64e15).max(8.64e15)

/** An instant as it stands in a row that is read: it may be outside of all calendars. */
export const StoredInstant = z.number()

/** A calendar date, `YYYY-MM-DD`, in no time zone. */
export const CalendarDate = z.iso.date().refine((date) => date >= '1900-01-01' && date <= '2200-01-01')

const dayOf = {
  yearless: '(0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|[12]\\d)',
  everyYear: '(0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8])',
}
const leapYear = '(19|21)(0[48]|[2468][048]|[13579][26])|20(0[048]|[2468][048]|[13579][26])'

/** A day of birth that a calendar has; the year may be unknown: `1980-03-12`, `--03-12` or `--02-29`. */
export const Birthday = z.string().regex(new RegExp(`^(--(${dayOf.yearless})|(19|20|21)\\d\\d-(${dayOf.everyYear})|(${leapYear})-02-29)$`))

/** ISO 4217, three capitals. */
export const Currency = z.string().regex(/^[A-Z]{3}$/)

/** A hundred thousand million of a currency with cents: hundreds of such amounts still add up exactly. */
export const LARGEST_AMOUNT = 1e13

/** Money as an integer of the currency's minor unit (cents, fen). */
export const AmountMinor = z.int().min(-LARGEST_AMOUNT).max(LARGEST_AMOUNT)

/** A sum over rows, in minor units; of many or of older rows it may be larger than any single amount. */
export const SumMinor = z.number()

/** How many of something are quoted or ordered. */
export const Quantity = z.int().min(0).max(10_000_000)

/** A year in ms. */
export const LONGEST_DURATION = 366 * 24 * 60 * 60_000

/** How long somebody waited or talked, in ms. */
export const Duration = z.int().min(0).max(LONGEST_DURATION)

/** E.164 with its plus. */
export const E164 = z.string().regex(/^\+[1-9]\d{4,14}$/)

/** ISO 3166 country, two capitals. */
export const Country = z.string().regex(/^[A-Z]{2}$/)

/** Who may have a row: `org`, `finance`, `team:<name>`, `user:<id>`. */
export const Scope = z.string().min(1).max(64)

/** A line of text that a person typed. */
export const SHORT_TEXT = 300
export const ShortText = z.string().max(SHORT_TEXT)

/** A note: as long as anybody types during a call. */
export const LONG_TEXT = 20_000
export const LongText = z.string().max(LONG_TEXT)

import { z } from 'zod'

/** A UUIDv7, made where the row is made, so that ids sort by time of creation. */
export const Id = z.uuid()

export const CustomerId = z.uuid().brand<'CustomerId'>()
export type CustomerId = z.infer<typeof CustomerId>

export const UserId = z.uuid().brand<'UserId'>()
export type UserId = z.infer<typeof UserId>

/** Our own id of a call. The telephone system's id of the same call can change. */
export const CallId = z.string().min(1).max(128).brand<'CallId'>()
export type CallId = z.infer<typeof CallId>

export const DeviceId = z.uuid().brand<'DeviceId'>()
export type DeviceId = z.infer<typeof DeviceId>

/** Every instant of the record lies between these two: 1900-01-01 and 2200-01-01, both 00:00 UTC. */
export const EARLIEST_INSTANT = Date.UTC(1900, 0, 1)
export const LATEST_INSTANT = Date.UTC(2200, 0, 1)

/** When an event of the record happened or is due: a UTC instant in milliseconds since 1970. */
export const Instant = z.int().min(EARLIEST_INSTANT).max(LATEST_INSTANT)

/**
 * An instant as a machine's clock reports it: any instant that a date can hold (ECMA-262 §21.4.1.1). A clock that is
 * wrong by centuries must not block the rest of the message.
 */
export const ClockInstant = z.int().min(-8.64e15).max(8.64e15)

/** An instant in a row that is read; it may lie outside of every calendar. */
export const StoredInstant = z.number()

/** A calendar date, `YYYY-MM-DD`, without a time zone. */
export const CalendarDate = z.iso.date().refine((date) => date >= '1900-01-01' && date <= '2200-01-01')

const dayOf = {
  yearless: '(0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|[12]\\d)',
  everyYear: '(0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8])',
}
const leapYear = '(19|21)(0[48]|[2468][048]|[13579][26])|20(0[048]|[2468][048]|[13579][26])'

/** A birthday that exists in the calendar; the year may be unknown: `1980-03-12`, `--03-12` or `--02-29`. */
export const Birthday = z
  .string()
  .regex(new RegExp(`^(--(${dayOf.yearless})|(19|20|21)\\d\\d-(${dayOf.everyYear})|(${leapYear})-02-29)$`))

/** An ISO 4217 currency code, three capitals. */
export const Currency = z.string().regex(/^[A-Z]{3}$/)

/** A hundred thousand million units of a currency with cents. The sum of hundreds of such amounts is still exact. */
export const LARGEST_AMOUNT = 1e13

/** Money as an integer of the currency's minor unit (cents, fen). */
export const AmountMinor = z.int().min(-LARGEST_AMOUNT).max(LARGEST_AMOUNT)

/** A sum over rows, in minor units. A sum of many rows, or of older ones, may be larger than any single amount. */
export const SumMinor = z.number()

/** The quantity of a product in a quote or an order. */
export const Quantity = z.int().min(0).max(10_000_000)

/** A year in ms. */
export const LONGEST_DURATION = 366 * 24 * 60 * 60_000

/** How long somebody waited or talked, in ms. */
export const Duration = z.int().min(0).max(LONGEST_DURATION)

/** A telephone number in E.164 with its plus. */
export const E164 = z.string().regex(/^\+[1-9]\d{4,14}$/)

/** An ISO 3166 country code, two capitals. */
export const Country = z.string().regex(/^[A-Z]{2}$/)

/** The group of users who may have a row: `org`, `finance`, `team:<name>`, `user:<id>`. */
export const Scope = z.string().min(1).max(64)

/** The longest line of text that a person types, such as a name or a title. */
export const SHORT_TEXT = 300
export const ShortText = z.string().max(SHORT_TEXT)

/** The longest note: nobody types more during a call. */
export const LONG_TEXT = 20_000
export const LongText = z.string().max(LONG_TEXT)

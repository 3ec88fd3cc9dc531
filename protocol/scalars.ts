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

/** A UTC instant in milliseconds since 1970, up to the last one that a date can hold (ECMA-262 §21.4.1.1). */
export const Instant = z.int().min(0).max(8.64e15)

/** A calendar date, `YYYY-MM-DD`, in no time zone. */
export const CalendarDate = z.iso.date()

/** A day of birth; the year may be unknown: `1980-03-12` or `--03-12`. */
export const Birthday = z.string().regex(/^(\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

/** ISO 4217, three capitals. */
export const Currency = z.string().regex(/^[A-Z]{3}$/)

/** Money as an integer of the currency's minor unit (cents, fen). */
export const AmountMinor = z.int()

/** E.164 with its plus. */
export const E164 = z.string().regex(/^\+[1-9]\d{4,14}$/)

/** ISO 3166 country, two capitals. */
export const Country = z.string().regex(/^[A-Z]{2}$/)

/** Who may have a row: `org`, `finance`, `team:<name>`, `user:<id>`. */
export const Scope = z.string().min(1).max(64)

/** A line of text that a person typed. */
export const ShortText = z.string().max(300)

/** A note: as long as anybody types during a call. */
export const LongText = z.string().max(20_000)

/**
 * Calendar and clock of a site: a UTC instant in an IANA zone, and back. Pure; `Intl` has the zone rules. Nothing in
 * here throws: a row that came from elsewhere may hold any number, and a machine may not know every zone.
 */

export interface LocalTime {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  /** 1 Monday to 7 Sunday (ISO 8601) */
  readonly weekday: number
}

const A_MINUTE = 60_000
const A_DAY = 86_400_000
/**
 * The range of years with three or four digits, with a spare day at both ends for the time zone. `Date.UTC` would take
 * a year below 100 for one of the last century.
 */
const FIRST_INSTANT = Date.UTC(100, 0, 2)
const LAST_INSTANT = Date.UTC(9999, 11, 30)

/** The instant itself where it lies in these years, else the nearest one that does; 1970 for NaN. */
const withinCalendar = (at: number): number =>
  Number.isNaN(at) ? 0 : Math.min(Math.max(at, FIRST_INSTANT), LAST_INSTANT)

/** A zone that this machine's `Intl` knows; UTC in place of an unknown one. */
export function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: knownZone(timeZone),
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** The most days whose offset is remembered for a zone: more than a century. */
const MOST_DAYS = 40_000

/** The offset from UTC on a day (counted from 1970 in UTC); null where the clock changes on that day. */
const offsets = new Map<string, Map<number, number | null>>()

/**
 * How far the wall clock in `timeZone` is ahead of UTC, in ms. `Intl` is asked only once for each day: it takes 10 µs,
 * and a record holds hundreds of instants.
 */
function offsetAt(at: number, timeZone: string): number {
  let days = offsets.get(timeZone)
  if (!days || days.size > MOST_DAYS) offsets.set(timeZone, (days = new Map()))
  const day = Math.floor(at / A_DAY)
  let offset = days.get(day)
  if (offset === undefined) {
    const first = readOffset(day * A_DAY, timeZone)
    offset = first === readOffset((day + 1) * A_DAY - A_MINUTE, timeZone) ? first : null
    days.set(day, offset)
  }
  return offset ?? readOffset(at, timeZone)
}

function readOffset(at: number, timeZone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / A_MINUTE) * A_MINUTE
}

/** The instant (ms) as the wall clock in `timeZone` shows it. */
export function localTime(at: number, timeZone: string): LocalTime {
  const held = withinCalendar(at)
  const wall = new Date(held + offsetAt(held, timeZone))
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    weekday: wall.getUTCDay() || 7,
  }
}

/**
 * The instant (ms) at which the wall clock in `timeZone` shows this time. Where there are two such instants (autumn) it
 * is the first; where there is none (spring) it is the one after the gap.
 */
export function instantAt(
  local: { year: number; month: number; day: number; hour?: number; minute?: number },
  timeZone: string,
): number {
  const wanted = withinCalendar(Date.UTC(local.year, local.month - 1, local.day, local.hour ?? 0, local.minute ?? 0))
  const ahead = (at: number): number => offsetAt(at, timeZone)
  const withOffsetBefore = wanted - ahead(wanted - A_DAY)
  if (withOffsetBefore + ahead(withOffsetBefore) === wanted) return withOffsetBefore
  const withOffsetAfter = wanted - ahead(wanted + A_DAY)
  return withOffsetAfter + ahead(withOffsetAfter) === wanted ? withOffsetAfter : withOffsetBefore
}

/** The calendar date `YYYY-MM-DD` of an instant in the zone. */
export function calendarDate(at: number, timeZone: string): string {
  const { year, month, day } = localTime(at, timeZone)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The UTC midnight of a calendar date; NaN for a text that is not a date. */
const midnight = (date: string): number => Date.parse(`${date}T00:00:00Z`)

/** Whole days from calendar date `from` to `to` (negative when `to` is earlier); 0 where one of them is not a date. */
export function daysBetween(from: string, to: string): number {
  const days = Math.round((midnight(to) - midnight(from)) / A_DAY)
  return Number.isNaN(days) ? 0 : days
}

/** A calendar date moved by whole days; a text that is not a date stays as it is. */
export function addDays(date: string, days: number): string {
  const at = midnight(date) + days * A_DAY
  return Number.isNaN(at) ? date : new Date(withinCalendar(at)).toISOString().slice(0, 10)
}

/** A calendar date moved by whole months; in a shorter month it is the last day. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0))
  return `${last.toISOString().slice(0, 8)}${String(Math.min(day, last.getUTCDate())).padStart(2, '0')}`
}

export const lastOfMonth = (date: string): string => addMonths(`${date.slice(0, 8)}31`, 0)

/** Whether such a calendar date exists: 2026-02-30 does not. */
export function isDate(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(date)
}

/** Calendar and clock of a site: a UTC instant seen in an IANA zone, and back. Pure; `Intl` holds the zone rules. */

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

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** The instant (ms) as the clock on the wall in `timeZone` shows it. */
export function localTime(at: number, timeZone: string): LocalTime {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part
  const sundayFirst = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return { year, month, day, hour, minute, weekday: sundayFirst === 0 ? 7 : sundayFirst }
}

/** The instant (ms) at which the wall clock in `timeZone` shows this; of two such instants (autumn) the first, of none (spring) the one after the gap. */
export function instantAt(
  local: { year: number; month: number; day: number; hour?: number; minute?: number },
  timeZone: string,
): number {
  const wanted = Date.UTC(local.year, local.month - 1, local.day, local.hour ?? 0, local.minute ?? 0)
  const offsetAt = (at: number): number => {
    const seen = localTime(at, timeZone)
    return Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute) - Math.floor(at / 60_000) * 60_000
  }
  const withOffsetBefore = wanted - offsetAt(wanted - 86_400_000)
  if (withOffsetBefore + offsetAt(withOffsetBefore) === wanted) return withOffsetBefore
  const withOffsetAfter = wanted - offsetAt(wanted + 86_400_000)
  return withOffsetAfter + offsetAt(withOffsetAfter) === wanted ? withOffsetAfter : withOffsetBefore
}

/** The calendar date `YYYY-MM-DD` of an instant in the zone. */
export function calendarDate(at: number, timeZone: string): string {
  const { year, month, day } = localTime(at, timeZone)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Whole days from calendar date `from` to `to` (negative when `to` is earlier). */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** A calendar date moved by whole days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

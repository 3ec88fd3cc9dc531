import { addDays, calendarDate, instantAt, localTime } from './zoned-time.ts'

/**
 * The working days and hours of a site. Holidays are calendar dates; a working Saturday (调休) is listed in `extraDays`.
 */
export interface WorkingCalendar {
  readonly timeZone: string
  readonly opensHour: number
  readonly closesHour: number
  readonly holidays: ReadonlySet<string>
  readonly extraDays: ReadonlySet<string>
}

const DAYS_LOOKED_AT = 366

/** Monday to Friday, nine to six, without holidays. */
export const officeHours = (timeZone: string): WorkingCalendar => ({
  timeZone,
  opensHour: 9,
  closesHour: 18,
  holidays: new Set(),
  extraDays: new Set(),
})

export function isWorkingDay(date: string, calendar: WorkingCalendar): boolean {
  if (calendar.extraDays.has(date)) return true
  if (calendar.holidays.has(date)) return false
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return day !== 0 && day !== 6
}

/**
 * The closing time of the `days`-th working day after the instant's own day; 0 is that of the day itself or, where it
 * is no working day, of the next working day.
 */
export function closeOfWorkingDay(at: number, days: number, calendar: WorkingCalendar): number {
  let date = calendarDate(at, calendar.timeZone)
  let left = days
  const { hour } = localTime(at, calendar.timeZone)
  if (left === 0 && (!isWorkingDay(date, calendar) || hour >= calendar.closesHour)) left = 1
  // The search ends if a calendar has no working day for a year.
  for (let looked = 0; left > 0 && looked < days + DAYS_LOOKED_AT; looked += 1) {
    date = addDays(date, 1)
    if (isWorkingDay(date, calendar)) left -= 1
  }
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return instantAt({ year, month, day, hour: calendar.closesHour }, calendar.timeZone)
}

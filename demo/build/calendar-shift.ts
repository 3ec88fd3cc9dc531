import { addDays, calendarDate, daysBetween, instantAt } from '../../domain/zoned-time.ts'

/**
 * Moves the dates of the published data into the demo's time. Calls and stays move by whole weeks, so that a Monday
 * stays a Monday; purchases end today.
 */
export interface CalendarShift {
  readonly asOf: number
  readonly today: string
  readonly timeZone: string
  /** The calendar date of a day of the purchases (0 = 1 January 1997); the last purchases are made today. */
  purchaseDate(day: number): string
  /**
   * The date of an arrival day (0 = 1 July 2015): most stays are over, some guests are in the house, some are still to
   * come.
   */
  arrivalDate(day: number): string
  /** The date of a day of the calls (0 = 1 February 1999), in the month that ended yesterday. */
  callDate(day: number): string
  /**
   * The instant at so many seconds after midnight of a date in the site's zone; more than 24 hours reach into the next
   * day.
   */
  at(date: string, second: number): number
}

const LAST_PURCHASE_DAY = 545
/** The day that becomes today, of 600 days of arrivals. */
const ARRIVAL_TODAY = 470
const LAST_CALL_DAY = 27

export function calendarShift(asOf: number, timeZone: string): CalendarShift {
  const today = calendarDate(asOf, timeZone)
  const yesterday = addDays(today, -1)
  const moved = (first: string, day: number, to: string) => {
    const weeks = Math.floor(daysBetween(addDays(first, day), to) / 7)
    return (of: number) => addDays(first, of + weeks * 7)
  }
  const midnights = new Map<string, number>()
  return {
    asOf,
    today,
    timeZone,
    purchaseDate: (day) => addDays(today, day - LAST_PURCHASE_DAY),
    arrivalDate: moved('2015-07-01', ARRIVAL_TODAY, today),
    callDate: moved('1999-02-01', LAST_CALL_DAY, yesterday),
    at(date, second) {
      let midnight = midnights.get(date)
      if (midnight === undefined) {
        const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
        midnight = instantAt({ year, month, day }, timeZone)
        midnights.set(date, midnight)
      }
      return midnight + second * 1000
    },
  }
}

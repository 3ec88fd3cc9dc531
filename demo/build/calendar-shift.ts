import { addDays, calendarDate, daysBetween, instantAt } from '../../domain/zoned-time.ts'

/** Where the published days lie in the demo's time. Calls and stays move by whole weeks, so that a Monday stays a Monday; purchases end today. */
export interface CalendarShift {
  readonly asOf: number
  readonly today: string
  readonly timeZone: string
  /** Calendar date of a day of the purchases (0 = 1 January 1997): the last ones are of today. */
  purchaseDate(day: number): string
  /** Date of an arrival day (0 = 1 July 2015): most stays are over, some are in house, some to come. */
  arrivalDate(day: number): string
  /** Date of a day of the calls (0 = 1 February 1999): the month that ended yesterday. */
  callDate(day: number): string
  /** The instant at seconds after midnight of a date in the site's zone; past 24 hours it is the next day. */
  at(date: string, second: number): number
}

const LAST_PURCHASE_DAY = 545
/** Of 600 days of arrivals, this one becomes today. */
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
    asOf, today, timeZone,
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

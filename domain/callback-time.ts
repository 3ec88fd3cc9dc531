import { addDays, addMonths, calendarDate, instantAt, localTime } from './zoned-time.ts'
import { timeText, word } from './typed-time/time-text.ts'
import type { Remainder } from './typed-time/taken.ts'
import { takeClock, type TypedClock } from './typed-time/typed-clock.ts'
import { takeDay, type Today, type TypedDay } from './typed-time/typed-day.ts'
import { takeSpan, type TypedSpan } from './typed-time/typed-span.ts'
import { isWorkingDay, officeHours } from './working-time.ts'

/** The hour that is meant by a day without an hour. */
const WORKDAY_STARTS = 9
/** A call cannot be promised for later than this. */
const LONGEST_MS = 2 * 366 * 86_400_000

/**
 * Words that people write around a time and that change nothing about it. "before" is not among them: a time that has
 * to be kept before is a different time.
 */
const fillers = [
  word(
    "at|on|the|um|am|a|le|la|les|der|den|dem|im|of|o'clock|sharp|about|around|approx|ca|circa|gegen|vers|after|ab|from|please|pls|bitte|svp|call|ring|back|again|callback|then|this|diese[nrs]?|ce|cet|cette|week|time",
  ),
  /打电话|回电话|回电|联系|左右|大概|大约|差不多|的时候|准时|打给[他她]|给[他她]|[吧的再请在于打]/gu,
]

/** The meaning of a typed time. `past`: it is a time that has passed. */
export type CallbackTime =
  | { readonly kind: 'at'; readonly at: number }
  | { readonly kind: 'past'; readonly at: number }
  | { readonly kind: 'unclear' }

const unclear: CallbackTime = { kind: 'unclear' }

/**
 * Reads a callback time as people type it, in English, Chinese, German and French, in the site's zone (ADR 22):
 * "15:30", "tomorrow 10", "next friday 3pm", "in 2 hours", "明天下午两点半", "23.12. 14 Uhr", "demain 14h". A day alone means
 * the start of work; an hour from one to six means the afternoon; a time of today that has passed means tomorrow; and a
 * weekday or a day of the month that has passed means the next one. If any word of a text is not understood, the whole
 * text is unclear.
 */
export function readCallbackTime(typed: string, now: number, timeZone: string): CallbackTime {
  const rest: Remainder = { text: timeText(typed) }
  if (rest.text === '') return unclear
  const local = localTime(now, timeZone)
  const today: Today = { ...local, date: calendarDate(now, timeZone), timeZone }
  rest.text = rest.text.replaceAll(word('tonight'), 'today night')

  const span = takeSpan(rest)
  const day = span ? undefined : takeDay(rest, today)
  if (day === null || (span && isExact(span) && (span.days > 0 || span.months > 0))) return unclear
  const named = day !== undefined || (span !== null && !isExact(span))
  const clock =
    span && isExact(span) ? undefined : takeClock(rest, named, !named || day?.date === today.date, local.hour)
  if (clock === null || isSaidMore(rest)) return unclear
  const at = meant({ span, day, clock }, now, today)
  if (at === null || at - now > LONGEST_MS) return unclear
  return { kind: at > now ? 'at' : 'past', at }
}

/**
 * The instant (ms) of `readCallbackTime`. A time of today that has passed is returned as it is, so that the screen can
 * say so; null for a text without a meaning and for a day that has passed.
 */
export function callbackTime(typed: string, now: number, timeZone: string): number | null {
  const read = readCallbackTime(typed, now, timeZone)
  return read.kind === 'unclear' ||
    (read.kind === 'past' && calendarDate(read.at, timeZone) < calendarDate(now, timeZone))
    ? null
    : read.at
}

function isSaidMore(rest: Remainder): boolean {
  let text = rest.text
  for (const filler of fillers) text = text.replaceAll(filler, ' ')
  return /[\p{L}\p{N}]/u.test(text)
}

const isExact = (span: TypedSpan): boolean => span.minutes > 0

interface Read {
  readonly span: TypedSpan | null
  readonly day: TypedDay | undefined
  readonly clock: TypedClock | undefined
}

function meant({ span, day, clock }: Read, now: number, today: Today): number | null {
  if (span && isExact(span)) return now + Math.round(span.minutes * 60_000)
  const on = (date: string): number =>
    clock ? clockOn(date, clock, today.timeZone) : instantOf(date, WORKDAY_STARTS, 0, today.timeZone)
  if (span) {
    const date = addWorkingDays(
      addDays(addMonths(today.date, span.months), span.days),
      span.workingDays,
      today.timeZone,
    )
    if (date === today.date) return null
    // "In so many days" means the same time of that day, even where a day in between is shorter or longer than 24
    // hours.
    return clock ? on(date) : instantOf(date, today.hour, today.minute, today.timeZone) + (now % 60_000)
  }
  if (day) {
    const at = on(day.date)
    return at <= now && day.otherwise !== null ? on(day.otherwise) : at
  }
  if (!clock) return null
  const at = on(today.date)
  return at > now ? at : on(addDays(today.date, 1))
}

const clockOn = (date: string, clock: TypedClock, timeZone: string): number =>
  instantOf(clock.nextDay ? addDays(date, 1) : date, clock.hour, clock.minute, timeZone)

function instantOf(date: string, hour: number, minute: number, timeZone: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return instantAt({ year, month, day, hour, minute }, timeZone)
}

function addWorkingDays(date: string, days: number, timeZone: string): string {
  let [day, left] = [date, days]
  while (left > 0) {
    day = addDays(day, 1)
    if (isWorkingDay(day, officeHours(timeZone))) left -= 1
  }
  return day
}

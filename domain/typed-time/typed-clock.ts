import { word } from './time-text.ts'
import { take, type Remainder } from './taken.ts'

/** A time of day. `nextDay`: it is midnight at the end of the named day. */
export interface TypedClock {
  readonly hour: number
  readonly minute: number
  readonly nextDay: boolean
}

type Period = 'dawn' | 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' | 'close'

/** The hour that is meant by a part of the day without an hour; `close` is the end of a working day. */
const startOf: Readonly<Record<Period, number>> = {
  dawn: 5,
  morning: 9,
  noon: 12,
  afternoon: 14,
  evening: 18,
  night: 19,
  close: 18,
}
const endOf: Readonly<Record<Period, number>> = {
  dawn: 7,
  morning: 12,
  noon: 14,
  afternoon: 18,
  evening: 22,
  night: 22,
  close: 18,
}

const periods: readonly (readonly [Period, RegExp])[] = [
  ['close', word('eod|cob|(?:the )?end of (?:the )?(?:working |business )?day|close of business|feierabend')],
  ['close', /下班时?/],
  ['dawn', /凌晨/],
  ['afternoon', word("(?:in the )?afternoon|nachmittags?|(?:l')?apres-midi|(?:l')?apres midi|arvo")],
  ['afternoon', /下午|午后/],
  ['morning', word('(?:first thing )?(?:in the )?morning|first thing|vormittags?|fruh|(?:le )?matin')],
  ['morning', /早上|早晨|清晨|上午|午前|一早|早/],
  ['noon', word('(?:mid|after)?noon|midday|lunch ?time|lunch|mittags?|midi')],
  ['noon', /中午|正午/],
  ['evening', word('(?:in the )?evening|abends?|(?:le )?soir')],
  ['evening', /傍晚/],
  ['night', word('(?:at )?night|nachts?')],
  ['night', /晚上|夜里|晚间|晚/],
]

/**
 * Removes the part of the day from the text. `morgen` means the morning only after another day's name; alone it means
 * tomorrow.
 */
function takePeriod(rest: Remainder, dayNamed: boolean): Period | null {
  for (const [period, pattern] of periods) if (take(rest, pattern)) return period
  return dayNamed && take(rest, word('morgen')) ? 'morning' : null
}

/** Spoken forms of a clock time, which are rewritten as "h:mm". */
const spoken: readonly (readonly [RegExp, (hour: number) => [number, number]])[] = [
  [word('half past (\\d{1,2})'), (hour) => [hour, 30]],
  [word('half (\\d{1,2})'), (hour) => [hour, 30]],
  [word('halb (\\d{1,2})'), (hour) => [hour - 1, 30]],
  [word('dreiviertel (\\d{1,2})'), (hour) => [hour - 1, 45]],
  [word('(?:a )?quarter (?:past|after) (\\d{1,2})|viertel nach (\\d{1,2})'), (hour) => [hour, 15]],
  [word('(?:a )?quarter (?:to|of|before) (\\d{1,2})|viertel vor (\\d{1,2})'), (hour) => [hour - 1, 45]],
  [/(\d{1,2}) ?(?:heures?|h) (?:et )?quart/, (hour) => [hour, 15]],
  [/(\d{1,2}) ?(?:heures?|h) et demie?/, (hour) => [hour, 30]],
  [/(\d{1,2}) ?(?:heures?|h) moins le quart/, (hour) => [hour - 1, 45]],
  [/差1刻钟?(\d{1,2})点|(\d{1,2})点差1刻/, (hour) => [hour - 1, 45]],
  [/差10分钟?(\d{1,2})点|(\d{1,2})点差10分/, (hour) => [hour - 1, 50]],
  [/差5分钟?(\d{1,2})点|(\d{1,2})点差5分/, (hour) => [hour - 1, 55]],
]
/** "Ten to four" may also be a span of hours; only with the word "minutes" it is certainly not. */
const spokenMinutes = word('([1-5]?[05]) (?:(?:minutes? |minuten )?(past|after|nach|vor)|minutes? (to)) (\\d{1,2})')

/** Writes a time; an hour below one is moved up by twelve, because half before one is half past twelve. */
const written = ([hour, minute]: readonly [number, number]): string =>
  ` ${hour < 1 ? hour + 12 : hour}:${String(minute).padStart(2, '0')} `

function spelledOut(text: string): string {
  let out = text
  for (const [pattern, clock] of spoken)
    out = out.replace(pattern, (_, first: string, second?: unknown) => written(clock(Number(first ?? second))))
  return out.replace(
    spokenMinutes,
    (_, minutes: string, side: string | undefined, to: string | undefined, hour: string) =>
      written(
        to !== undefined || side === 'vor' ? [Number(hour) - 1, 60 - Number(minutes)] : [Number(hour), Number(minutes)],
      ),
  )
}

const time = (name: string) =>
  `(?<${name}h>\\d{1,2})(?:\\s?(?::|\\.)(?<${name}m>[0-5]\\d)(?::[0-5]\\d)?(?:\\s?(?:uhr|h|hrs))?|\\s?(?:点|时)(?:钟|整)?(?:(?<${name}q>半|[13]刻)|(?<${name}c>[0-5]?\\d)分?)?(?:钟|整)?|\\s?(?:uhr|heures?|h)\\s?(?<${name}u>[0-5]\\d)?|\\s?o'?clock)?` +
  `\\s?(?<${name}p>a\\.?m\\.?|p\\.?m\\.?|[ap](?![\\p{Script=Latin}.]))?`
const between = '\\s?(?:-|~|to|till|until|bis|und|and|a|et|到|至)\\s?'
const edge = '(?<![\\d.:/-])'
const over = '(?![\\d:/]|\\.\\d|\\p{Script=Latin})'
const spanOfHours = new RegExp(
  `(?:(?:between|from|zwischen|von|entre|de|从)\\s)?${edge}${time('a')}${between}${time('b')}${over}`,
  'u',
)
const singleTime = new RegExp(`${edge}${time('a')}${over}`, 'u')
/** "0900", "1430": hours and minutes without a separator. */
const military = /(?<![\d.:/-])([01]\d|2[0-4]|[7-9])([0-5]\d)(?:\s?(?:h|hrs|hours|uhr))?(?![\d.:/\p{Script=Latin}-])/u
/** Nobody asks for a call within a span of more hours than this. */
const LONGEST_SPAN = 10
const midnight = word('midnight|mitternacht|minuit')

/**
 * Removes a time of day from the text. `undefined`: the text names none. Null: it names one that no clock shows or that
 * has more than one meaning.
 */
export function takeClock(
  rest: Remainder,
  dayNamed: boolean,
  isToday: boolean,
  hourNow: number,
): TypedClock | null | undefined {
  if (take(rest, midnight)) return dayNamed && !isToday ? null : { hour: 0, minute: 0, nextDay: true }
  const period = takePeriod(rest, dayNamed)
  rest.text = spelledOut(rest.text).replaceAll(/\s+/g, ' ').trim()
  const digits = take(rest, military)
  const found = digits ? null : (take(rest, spanOfHours) ?? take(rest, singleTime))
  if (digits) return clockOf(Number(digits[1]), Number(digits[2]), period, null, digits[1]!.startsWith('0'))
  if (found?.groups) {
    const part = found.groups
    const minute = part['aq']
      ? { 半: 30, '1刻': 15, '3刻': 45 }[part['aq']]!
      : Number(part['am'] ?? part['ac'] ?? part['au'] ?? 0)
    const hour = Number(part['ah'])
    if (part['bh'] !== undefined && !isSpanOfWork(hour, Number(part['bh']))) return null
    return clockOf(
      hour,
      minute,
      period,
      halfOf(part['ap']) ?? inherited(hour, part['bh'], halfOf(part['bp'])),
      part['ah']!.startsWith('0'),
    )
  }
  if (period === null) return undefined
  // If that part of today has already begun, the next full hour is meant.
  const hour = isToday && hourNow >= startOf[period] && hourNow + 1 < endOf[period] ? hourNow + 1 : startOf[period]
  return { hour, minute: 0, nextDay: false }
}

const halfOf = (text: string | undefined): 'am' | 'pm' | null =>
  text === undefined ? null : text.startsWith('a') ? 'am' : 'pm'

/** "3-5pm" begins in the afternoon, "10-2pm" does not. */
const inherited = (hour: number, until: string | undefined, half: 'am' | 'pm' | null) =>
  until === undefined || half === null
    ? null
    : hour <= Number(until) && Number(until) !== 12
      ? half
      : half === 'pm'
        ? 'am'
        : null

/** Whether two hours can be a span of one working day, whichever half of the day each is in. "12-25" is not. */
const isSpanOfWork = (from: number, to: number): boolean =>
  from <= 24 && to <= 24 && to !== from && ((to - from + 12) % 12 || 12) <= LONGEST_SPAN && to - from <= LONGEST_SPAN

/** The hours that a working day has only in the afternoon. */
const afternoonOnly = (hour: number): boolean => hour >= 1 && hour <= 6

function clockOf(
  hour: number,
  minute: number,
  period: Period | null,
  half: 'am' | 'pm' | null,
  leadingZero: boolean,
): TypedClock | null {
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null
  const at = (of: number, nextDay = false): TypedClock => ({ hour: of, minute, nextDay })
  if (half === 'am')
    return hour > 12 || hour === 0 || period === 'afternoon' || period === 'evening' || period === 'night'
      ? null
      : at(hour % 12)
  if (half === 'pm')
    return hour === 0 || hour === 24 || period === 'morning' || period === 'dawn'
      ? null
      : at(hour < 12 ? hour + 12 : hour)
  if (hour === 24) return period === null || period === 'night' ? at(0, true) : null
  switch (period) {
    case 'dawn':
      return hour <= 6 ? at(hour) : hour === 12 ? at(0) : null
    case 'morning':
      return hour >= 1 && hour <= 12 ? at(hour) : null
    case 'noon':
      return hour === 11 || hour === 12 || hour === 13 || hour === 14
        ? at(hour)
        : hour === 1 || hour === 2
          ? at(hour + 12)
          : null
    case 'afternoon':
      return hour >= 1 && hour <= 8 ? at(hour + 12) : hour >= 12 && hour <= 20 ? at(hour) : null
    // At night, one and two o'clock belong to the day that begins, so it is not clear which day is meant.
    case 'evening':
    case 'night':
      return hour === 12 || hour === 0
        ? at(0, true)
        : hour >= 5 && hour < 12
          ? at(hour + 12)
          : hour >= 17
            ? at(hour)
            : null
    case 'close':
      return null
    case null:
      return at(!leadingZero && afternoonOnly(hour) ? hour + 12 : hour)
    default:
      return period satisfies never
  }
}

import { word } from './time-text.ts'
import { take, type Remainder } from './taken.ts'

/** A span from now: hours and minutes give an exact time; days and more give a date at the same time of day. */
export interface TypedSpan {
  readonly minutes: number
  readonly days: number
  readonly workingDays: number
  readonly months: number
}

/** Phrases for parts of an hour, in minutes. Longer phrases stand first. */
const phrases: readonly (readonly [pattern: RegExp, minutes: (found: RegExpExecArray) => number])[] = [
  [
    word(
      '(?:an|a|1) hour and a half|1 and a half hours?|(?:anderthalb|eineinhalb|1einhalb) stunden?|(?:une|1) heure et demie?',
    ),
    () => 90,
  ],
  [/(\d{1,2})\s*个半(?:小时|钟头)/, ([, hours]) => Number(hours) * 60 + 30],
  [/(\d{1,2})\s*个?(?:小时|钟头)半/, ([, hours]) => Number(hours) * 60 + 30],
  [word('half an hour|half a hour|half hour|a half hour|(?:1 )?halbe[nr]? stunde|(?:1 )?demi[- ]?heure'), () => 30],
  [/半\s*个?(?:小时|钟头)/, () => 30],
  [
    /(?:in|dans)\s(\d{1,2})\s?h(?:ours?)?\s?([0-5]\d)(?!\s?\p{L})/u,
    ([, hours, minutes]) => Number(hours) * 60 + Number(minutes),
  ],
  [word("(?:a )?quarter of an hour|(?:a )?quarter hour|(?:1 )?viertelstunde|(?:1 )?quart d'heure"), () => 15],
  [word('(?:1 )?dreiviertelstunde|3 quarters of an hour'), () => 45],
  [/([123])\s*刻钟/, ([, quarters]) => Number(quarters) * 15],
]

const units: readonly (readonly [
  unit: 'minute' | 'hour' | 'day' | 'workingDay' | 'week' | 'fortnight' | 'month',
  pattern: string,
])[] = [
  [
    'workingDay',
    '(?:working|business|work) ?days?|werktag(?:e|en)?|arbeitstag(?:e|en)?|jours? ouvr(?:es?|ables?)|个?工作日',
  ],
  ['minute', 'minuten?|minutes?|mins?|min|m|分钟|分'],
  ['hour', 'hours?|hrs?|h|stunden?|std|heures?|个?小时|个?钟头'],
  ['fortnight', 'fortnights?'],
  ['day', 'days?|d|tag(?:e|en)?|jours?|天|日'],
  ['week', 'weeks?|wks?|w|wochen?|semaines?|周|个?星期|个?礼拜'],
  ['month', 'months?|monat(?:e|en)?|mois|个月'],
]
const one = `(\\d{1,3}(?:[.,]\\d)?|an?(?= ))\\s*(${units.map(([, pattern]) => pattern).join('|')})(?!\\p{Script=Latin})`
const joint = '\\s*(?:and|und|et|零|又)?\\s*'
const several = `${one}(?:${joint}${one})?`

const before = '(?:within|in|dans|再过|过|再|等)\\s*'
const behind = '\\s*(?:之后|以后|后|from now|later)'
const spanned = new RegExp(
  `(?<![\\p{Script=Latin}\\d.:])(?:${before}${several}(?:${behind})?|${several}${behind})`,
  'u',
)
/**
 * A span without "in" counts only where nothing else was typed, and never where it can be a clock time ("14h") or a day
 * of the month ("3日").
 */
const alone = new RegExp(`^${several}$`, 'u')

const unitOf = (written: string) => units.find(([, pattern]) => new RegExp(`^(?:${pattern})$`).test(written))![0]

/** Removes a span from the text: "in 2 hours", "三天后", "30 min"; null where there is none. */
export function takeSpan(rest: Remainder): TypedSpan | null {
  for (const [pattern, minutes] of phrases) {
    const found = take(rest, new RegExp(`(?:${before})?(?:${pattern.source})(?:${behind})?`, 'u'))
    if (found) return { ...nothing, minutes: minutes(found) }
  }
  const bare = alone.exec(rest.text)
  const isClock =
    bare !== null &&
    bare[3] === undefined &&
    ((bare[2] === 'h' && Number(bare[1]) >= 7) || bare[2] === '日' || bare[2] === '分')
  const found = take(rest, spanned) ?? (isClock ? null : take(rest, alone))
  if (!found) return null
  const parts = found.slice(1).filter((part) => part !== undefined)
  let span = nothing
  for (let n = 0; n + 1 < parts.length; n += 2) {
    const added = plus(span, unitOf(parts[n + 1]!), /^an?$/.test(parts[n]!) ? 1 : Number(parts[n]!.replace(',', '.')))
    if (!added) return null
    span = added
  }
  return span
}

const nothing: TypedSpan = { minutes: 0, days: 0, workingDays: 0, months: 0 }

/** Null for half a day or half a month, because that is not an exact time. */
function plus(span: TypedSpan, unit: ReturnType<typeof unitOf>, count: number): TypedSpan | null {
  switch (unit) {
    case 'minute':
      return { ...span, minutes: span.minutes + count }
    case 'hour':
      return { ...span, minutes: span.minutes + count * 60 }
    case 'day':
      return Number.isInteger(count) ? { ...span, days: span.days + count } : null
    case 'workingDay':
      return Number.isInteger(count) ? { ...span, workingDays: span.workingDays + count } : null
    case 'week':
      return Number.isInteger(count) ? { ...span, days: span.days + count * 7 } : null
    case 'fortnight':
      return Number.isInteger(count) ? { ...span, days: span.days + count * 14 } : null
    case 'month':
      return Number.isInteger(count) ? { ...span, months: span.months + count } : null
    default:
      return unit satisfies never
  }
}

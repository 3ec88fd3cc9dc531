import { isWorkingDay, officeHours } from '../working-time.ts'
import { addDays, addMonths, isDate, lastOfMonth, type LocalTime } from '../zoned-time.ts'
import { word } from './time-text.ts'
import { take, type Remainder } from './taken.ts'

/** A day that the text names, and the day that is meant if the time on that day has already passed. */
export interface TypedDay {
  readonly date: string
  /** The date that is meant if the time on this date has passed; null: no other date is meant. */
  readonly otherwise: string | null
}

export interface Today extends LocalTime {
  readonly date: string
  readonly timeZone: string
}

type Pattern = readonly [pattern: RegExp, day: (found: RegExpExecArray, today: Today) => TypedDay | null]

const fixed = (date: string): TypedDay => ({ date, otherwise: null })
const pad = (n: number): string => String(n).padStart(2, '0')
const dateOf = (year: number, month: number, day: number): string => `${year}-${pad(month)}-${pad(day)}`
const existing = (date: string): TypedDay | null => (isDate(date) ? fixed(date) : null)

/** The first working day on or after this date. */
function workingFrom(date: string, timeZone: string): string {
  let day = date
  while (!isWorkingDay(day, officeHours(timeZone))) day = addDays(day, 1)
  return day
}

/** A day of this year, or of the next year where it has passed. */
function inYear(month: number, day: number, today: Today): TypedDay | null {
  const past = month < today.month || (month === today.month && day < today.day)
  return existing(dateOf(past ? today.year + 1 : today.year, month, day))
}

/** Reads two numbers with a slash between them as month and day, unless only day and month make a date. */
const slashed = (first: number, second: number, today: Today): TypedDay | null =>
  first > 12 ? inYear(second, first, today) : inYear(first, second, today)

/**
 * Two numbers with a dot between them are a clock time ("10.30"), unless they can be a date and are a clock time that
 * nobody would say.
 */
const isClock = (first: number, second: number): boolean =>
  second % 5 === 0 || second > 31 || (first > 12 && second > 12)
const dotted = (first: number, second: number, today: Today): TypedDay | null =>
  first >= 20 && second <= 12 ? inYear(second, first, today) : null

/** This day in the next month that has such a day, from this month or from `ahead` months on. */
function dayOfMonth(day: number, today: Today, ahead = 0): TypedDay | null {
  if (day < 1 || day > 31) return null
  const first = addMonths(`${today.date.slice(0, 7)}-01`, ahead)
  const months = Array.from({ length: 4 }, (_, n) => `${addMonths(first, n).slice(0, 7)}-${pad(day)}`).filter(isDate)
  if (ahead > 0) return months[0]!.slice(0, 7) === first.slice(0, 7) ? fixed(months[0]!) : null
  const [date, later] = months.filter((one) => one >= today.date)
  return date === undefined ? null : { date, otherwise: date === today.date ? (later ?? null) : null }
}

const months = [
  'january|januar|janvier|janv|jan',
  'february|februar|fevrier|fevr|feb',
  'march|marz|mars|mar|mrz',
  'april|avril|apr|avr',
  'may|mai',
  'june|juni|juin|jun',
  'july|juli|juillet|juil|jul',
  'august|aout|aug',
  'september|septembre|sept|sep',
  'october|oktober|octobre|oct|okt',
  'november|novembre|nov',
  'december|dezember|decembre|dec|dez',
]
const monthOf = (name: string): number => months.findIndex((names) => names.split('|').includes(name)) + 1
const monthName = `(${months.join('|')})\\.?`

const weekdays = [
  'monday|mon|montag|mo|lundi|lun',
  'tuesday|tues|tue|dienstag|di|mardi',
  'wednesday|weds|wed|mittwoch|mi|mercredi|mer',
  'thursday|thurs|thur|thu|donnerstag|do|jeudi|jeu',
  'friday|fri|freitag|fr|vendredi|ven',
  'saturday|sat|samstag|sonnabend|sa|samedi|sam',
  'sunday|sun|sonntag|so|dimanche|dim',
]
const weekdayOf = (name: string): number => weekdays.findIndex((names) => names.split('|').includes(name)) + 1
const weekdayName = `(${weekdays.join('|')})\\.?`
const chineseWeekday = '(?:周|星期|礼拜)([一二三四五六日天1-7])'
const chineseWeekdayOf = (name: string): number =>
  '一二三四五六日'.indexOf(name === '天' ? '日' : name) + 1 || Number(name)

const nextWeek = '(?:the )?next week|(?:die |der )?(?:nachste|kommende)[nr]? woche|(?:la )?semaine prochaine'
const next = 'next|nachste[nrsm]?'
const ours = 'this|diese[nrsm]?|ce'

/** A weekday in the week that lies `ahead` weeks from now; weeks begin on Monday. */
const inWeek = (weekday: number, ahead: number, today: Today): TypedDay =>
  fixed(addDays(today.date, ahead * 7 + weekday - today.weekday))
/** The next such weekday; today counts until the time on it has passed. */
function upcoming(weekday: number, today: Today): TypedDay {
  const date = addDays(today.date, (weekday - today.weekday + 7) % 7)
  return { date, otherwise: date === today.date ? addDays(date, 7) : null }
}
const mondayOf = (ahead: number, today: Today): TypedDay =>
  fixed(workingFrom(inWeek(1, ahead, today).date, today.timeZone))
const ahead =
  (days: number): Pattern[1] =>
  (_, today) =>
    fixed(addDays(today.date, days))

/** The ways to name a day. The first pattern that fits counts, so longer patterns stand before their parts. */
const patterns: readonly Pattern[] = [
  // Dates with a year.
  [
    /(?<!\d)(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)\s?[日号]?/,
    ([, y, m, d]) => existing(dateOf(Number(y), Number(m), Number(d))),
  ],
  [
    /(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)/,
    ([, first, sign, second, y]) => {
      const [a, b] = [Number(first), Number(second)]
      // Only dots tell which number is the month, or a number that cannot be a month.
      if (sign !== '.' && a !== b && a <= 12 && b <= 12) return null
      return existing(sign === '.' || a > 12 ? dateOf(Number(y), b, a) : dateOf(Number(y), a, b))
    },
  ],
  [
    word(`(?:the |le |der |den |am )?(\\d{1,2})(?:st|nd|rd|th|er|\\.)? ?(?:of )?${monthName} ?(\\d{4})?`),
    ([, d, m, y], today) => ofMonth(monthOf(m!), Number(d), y, today),
  ],
  [
    word(`${monthName} ?(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:]| ?(?:am|pm))(?: (\\d{4}))?`),
    ([, m, d, y], today) => ofMonth(monthOf(m!), Number(d), y, today),
  ],
  // Dates of this year or the next.
  [
    /(明年|来年)?(\d{1,2})月(\d{1,2})[日号]?/,
    ([, later, m, d], today) =>
      later ? existing(dateOf(today.year + 1, Number(m), Number(d))) : inYear(Number(m), Number(d), today),
  ],
  [/(?<![\d.:])(\d{1,2})\.(\d{1,2})\.(?!\d)/, ([, d, m], today) => inYear(Number(m), Number(d), today)],
  [/(?<![\d.:])(\d{1,2})\.(\d{1,2})(?=\s+\D{0,6}\d)(?!\d)/, ([, d, m], today) => inYear(Number(m), Number(d), today)],
  [/^(\d{1,2})\.(\d{1,2})$/, ([, first, second], today) => dotted(Number(first), Number(second), today)],
  [
    /(?<![\d/])(\d{1,2})\/(\d{1,2})(?![\d/])/,
    ([, first, second], today) => slashed(Number(first), Number(second), today),
  ],
  [/^(\d{1,2})-(\d{1,2})(?=\s+\D{0,6}\d)/, ([, first, second], today) => slashed(Number(first), Number(second), today)],
  // Past days are recognised, so that the screen can say that they have passed.
  [word('(?:the )?day before yesterday|vorgestern|avant-hier'), ahead(-2)],
  [/前天/, ahead(-2)],
  [word('yesterday|gestern|hier'), ahead(-1)],
  [/昨[天日晚]?/, ahead(-1)],
  [
    word(`(?:last|past|letzte[nrsm]?) ${weekdayName}`),
    ([, day], today) => inWeek(weekdayOf(day!), weekdayOf(day!) < today.weekday ? 0 : -1, today),
  ],
  [
    word(`${weekdayName} dernier`),
    ([, day], today) => inWeek(weekdayOf(day!), weekdayOf(day!) < today.weekday ? 0 : -1, today),
  ],
  [new RegExp(`上个?${chineseWeekday}`, 'u'), ([, day], today) => inWeek(chineseWeekdayOf(day!), -1, today)],
  // Weeks and months.
  [
    word(`${weekdayName} (?:${nextWeek})|(?:${nextWeek}) (?:on |am )?${weekdayName}`),
    ([, before, behind], today) => inWeek(weekdayOf((before ?? behind)!), 1, today),
  ],
  [
    word(`(?:a |1 )week (?:on|from) ${weekdayName}|${weekdayName} week`),
    ([, before, behind], today) => fixed(addDays(upcoming(weekdayOf((before ?? behind)!), today).date, 7)),
  ],
  [
    word(`(?:${next}) ${weekdayName}|${weekdayName} prochaine?`),
    ([, before, behind], today) => inWeek(weekdayOf((before ?? behind)!), 1, today),
  ],
  [word(`(?:coming|this coming|kommende[nrsm]?) ${weekdayName}`), ([, day], today) => upcoming(weekdayOf(day!), today)],
  [word(`(?:${ours}) ${weekdayName}`), ([, day], today) => inWeek(weekdayOf(day!), 0, today)],
  [
    new RegExp(`(下+)个?${chineseWeekday}`, 'u'),
    ([, weeks, day], today) => inWeek(chineseWeekdayOf(day!), weeks!.length, today),
  ],
  [new RegExp(`(?:这|本)个?${chineseWeekday}`, 'u'), ([, day], today) => inWeek(chineseWeekdayOf(day!), 0, today)],
  [new RegExp(chineseWeekday, 'u'), ([, day], today) => upcoming(chineseWeekdayOf(day!), today)],
  [word(`(?:the )?week after next|ubernachste woche`), (_, today) => mondayOf(2, today)],
  [word(nextWeek), (_, today) => mondayOf(1, today)],
  [/(下+)个?(?:周|星期|礼拜)(?!末)/, ([, weeks], today) => mondayOf(weeks!.length, today)],
  [
    word(
      '(?:the )?next (?:working|business|work) ?day|(?:den |der |am )?nachste[nr]? (?:werktag|arbeitstag)|(?:le )?prochain jour ouvr(?:e|able)',
    ),
    (_, today) => fixed(workingFrom(addDays(today.date, 1), today.timeZone)),
  ],
  [/下一?1?个?工作日/, (_, today) => fixed(workingFrom(addDays(today.date, 1), today.timeZone))],
  [
    word('(?:at )?(?:the )?end of (?:the )?week|eow|ende der woche|fin de (?:la )?semaine'),
    (_, today) => upcoming(5, today),
  ],
  [
    word('(?:at )?(?:the )?end of next month|ende nachsten monats|fin du mois prochain'),
    (_, today) => fixed(lastOfMonth(addMonths(`${today.date.slice(0, 7)}-01`, 1))),
  ],
  [/下个?月[底末]/, (_, today) => fixed(lastOfMonth(addMonths(`${today.date.slice(0, 7)}-01`, 1)))],
  [
    word('(?:at )?(?:the )?end of (?:the |this )?month|eom|monatsende|ende des monats|(?:a la )?fin du mois'),
    (_, today) => monthsEnd(today),
  ],
  [/(?:这个|本)?月[底末]/, (_, today) => monthsEnd(today)],
  [/年[底末]/, (_, today) => fixed(dateOf(today.year, 12, 31))],
  [
    word('(?:at )?(?:the )?end of (?:the |this )?year|eoy|jahresende|ende des jahres'),
    (_, today) => fixed(dateOf(today.year, 12, 31)),
  ],
  [/下个?月(\d{1,2})[日号]/, ([, day], today) => dayOfMonth(Number(day), today, 1)],
  [
    word('next month|(?:im |den )?nachste[nrsm]? monat|(?:le )?mois prochain'),
    (_, today) => fixed(workingFrom(addMonths(`${today.date.slice(0, 7)}-01`, 1), today.timeZone)),
  ],
  [/下个?月初?/, (_, today) => fixed(workingFrom(addMonths(`${today.date.slice(0, 7)}-01`, 1), today.timeZone))],
  [/(?:这个|本)?月?(?<!\d)(\d{1,2})[日号](?!后)/, ([, day], today) => dayOfMonth(Number(day), today)],
  [word('(?:on )?(?:the )?(\\d{1,2})(?:st|nd|rd|th)'), ([, day], today) => dayOfMonth(Number(day), today)],
  [word('(?:am|zum|der|den) (\\d{1,2})\\.(?!\\d)'), ([, day], today) => dayOfMonth(Number(day), today)],
  // Days from today, and weekdays.
  [word('(?:a |1 )week from today|today week'), ahead(7)],
  [word('(?:a |1 )week from tomorrow|tomorrow week'), ahead(8)],
  [word('(?:the )?day after tomorrow|overmorrow|ubermorgen|apres-demain|apres demain'), ahead(2)],
  [/大后[天日]/, ahead(3)],
  [/后[天日]/, ahead(2)],
  [word(weekdayName), ([, day], today) => upcoming(weekdayOf(day!), today)],
  [word('tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|tmw|tom|2morrow|demain'), ahead(1)],
  [/明[天日]|明(?=[早晚上下中])/, ahead(1)],
  [word("today|heute|aujourd'hui"), ahead(0)],
  [/今[天日]|今(?=[早晚上下中])/, ahead(0)],
  [word('this (?=morning|afternoon|evening|noon)'), ahead(0)],
  [word('morgen'), ahead(1)],
]

const ofMonth = (month: number, day: number, year: string | undefined, today: Today): TypedDay | null =>
  year === undefined ? inYear(month, day, today) : existing(dateOf(Number(year), month, day))

function monthsEnd(today: Today): TypedDay {
  const date = lastOfMonth(today.date)
  return { date, otherwise: date === today.date ? lastOfMonth(addMonths(`${today.date.slice(0, 7)}-01`, 1)) : null }
}

/**
 * Removes the day from the text. `undefined`: the text names none. Null: it names one that does not exist or is not
 * clear.
 */
export function takeDay(rest: Remainder, today: Today): TypedDay | null | undefined {
  const dots = /^(\d{1,2})\.(\d{1,2})$/.exec(rest.text)
  if (dots && isClock(Number(dots[1]), Number(dots[2]))) return undefined
  for (const [pattern, day] of patterns) {
    const found = take(rest, pattern)
    if (found) return day(found, today)
  }
  return undefined
}

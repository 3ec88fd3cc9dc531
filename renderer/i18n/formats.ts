import { minorDigits } from '../../domain/money/currency-signs.ts'
import type { Party } from '../../protocol/calls.ts'
import type { Site } from '../../protocol/workstation.ts'
import { calendarDate, daysBetween, knownZone } from '../../domain/zoned-time.ts'
import { isolated } from './isolated.ts'

export type ScreenLanguage = 'en' | 'zh'

const localeOf = { en: 'en-GB', zh: 'zh-CN' } as const
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const MOST_DAYS = 5000
/** Chinese shortens numbers by ten thousands (万). */
const SHORTENED_FROM = { en: 1000, zh: 10_000 } as const
/** `Intl` says "this minute", which nobody says. */
const JUST_NOW = { en: 'just now', zh: '刚刚' } as const

/** From here on an amount is too long to read, and is written with a power of ten. */
const UNREADABLE_FROM = 1e15
/** What is shown in place of a missing or unusable value. */
const NOTHING = '—'

/** `Intl` throws on values and codes that it does not know, and a row may hold any. */
function attempt<T>(format: () => T, otherwise: T): T {
  try {
    return format()
  } catch {
    return otherwise
  }
}

/**
 * Every format that a screen shows: money, dates and times in the site's zone, durations. None of them throws, whatever
 * a row holds: a value that cannot be formatted is shown as it is, or as a dash.
 */
export interface Formats {
  readonly timeZone: string
  money(amountMinor: number, currency: string): string
  /** Money without zeros after the decimal point: ¥50,000, but ¥748.40. */
  moneyPlain(amountMinor: number, currency: string): string
  /** Money rounded for headers, ¥214k; below the first thousand (in Chinese, below 万) nothing is rounded. */
  moneyShort(amountMinor: number, currency: string): string
  number(value: number): string
  /** A ratio as a change: 0.05 is "+5%", -0.1 "-10%". */
  percent(ratio: number): string
  /** "2 h ago", "in 3 days"; exact times are `exact`. */
  relative(at: number, now: number): string
  exact(at: number): string
  /** The instant for programs (`<time dateTime>`); undefined for an instant outside the calendar. */
  iso(at: number): string | undefined
  /** The clock time for today, otherwise day and month, with the year where it is another year. */
  moment(at: number, now: number): string
  clock(at: number): string
  /** A day as a heading: Today, Yesterday, Tue 17 Nov. */
  day(at: number, now: number): string
  date(calendarDay: string): string
  /** Days from the site's today to a calendar date in words: "today", "in 3 days". */
  dayFromNow(calendarDay: string, now: number): string
  /** A promised time: "tomorrow 10:00"; within the next hour and in the past, the difference from now. */
  promised(at: number, now: number): string
  /** How long ago an instant was, as a length: "2 days", "3 hr"; at least one minute. */
  span(from: number, now: number): string
  birthday(value: string): string
  /** m:ss, or h:mm:ss from an hour on. */
  duration(ms: number): string
  bytes(count: number): string
  years(count: number): string
}

export function createFormats(language: ScreenLanguage, site: Pick<Site, 'timeZone' | 'currency'>): Formats {
  const locale = localeOf[language]
  const timeZone = knownZone(site.timeZone)
  const sign = (currency: string, currencyDisplay: 'symbol' | 'narrowSymbol') =>
    attempt(
      () =>
        new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
          .formatToParts(0)
          .find(({ type }) => type === 'currency')?.value,
      currency,
    )
  // Yuan and yen have the same bare sign, and so have a dozen dollars. The bare sign means the site's currency; other
  // currencies are shown in a form that tells them apart.
  const displayOf = (currency: string) =>
    currency === site.currency
      ? 'narrowSymbol'
      : sign(currency, 'symbol') === sign(site.currency, 'narrowSymbol')
        ? 'code'
        : 'symbol'
  const made = new Map<string, Intl.NumberFormat>()
  const currencyFormat = (currency: string, kind: 'full' | 'plain' | 'short' | 'power'): Intl.NumberFormat => {
    const key = `${currency} ${kind}`
    let format = made.get(key)
    if (!format) {
      format = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay: displayOf(currency),
        ...(kind === 'short' ? { notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 } : {}),
        ...(kind === 'plain' ? { trailingZeroDisplay: 'stripIfInteger' } : {}),
        ...(kind === 'power' ? { notation: 'scientific', maximumFractionDigits: 1 } : {}),
      })
      made.set(key, format)
    }
    return format
  }
  const minorUnits = new Map<string, number>()
  const minorUnit = (currency: string): number => {
    let unit = minorUnits.get(currency)
    if (unit === undefined) minorUnits.set(currency, (unit = 10 ** minorDigits(currency)))
    return unit
  }
  const amountOf = (amountMinor: number, currency: string): number => amountMinor / minorUnit(currency)
  const money = (amount: number, currency: string, kind: 'full' | 'plain' | 'short'): string => {
    if (!Number.isFinite(amount)) return NOTHING
    const readable = Math.abs(amount) < UNREADABLE_FROM
    return attempt(
      () => currencyFormat(currency, readable ? kind : 'power').format(amount),
      `${number(amount)} ${currency}`.trim(),
    )
  }
  const plain = new Intl.NumberFormat(locale)
  const byPower = new Intl.NumberFormat(locale, { notation: 'scientific', maximumFractionDigits: 1 })
  const number = (value: number): string =>
    Number.isFinite(value) ? (Math.abs(value) < UNREADABLE_FROM ? plain : byPower).format(value) : NOTHING
  const exact = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  const clock = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const sameYear = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short' })
  const otherYear = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' })
  const heading = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', day: 'numeric', month: 'short' })
  const plainDate = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const yearless = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long' })
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const time = (format: Intl.DateTimeFormat, at: number): string => attempt(() => format.format(at), NOTHING)
  const change = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  })
  // A screen asks for the same few instants again and again, and the calendar of a time zone is the slow part of each
  // format.
  const days = new Map<number, string>()
  const dayOf = (at: number): string => {
    let day = days.get(at)
    if (day === undefined) {
      if (days.size >= MOST_DAYS) days.clear()
      days.set(at, (day = calendarDate(at, timeZone)))
    }
    return day
  }

  const unit = (count: number, name: 'year' | 'day' | 'hour' | 'minute') =>
    Math.abs(count) < UNREADABLE_FROM
      ? new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(count)
      : NOTHING
  const dateOf = (format: Intl.DateTimeFormat, calendarDay: string, otherwise: string): string =>
    Number.isNaN(midnight(calendarDay)) ? otherwise : attempt(() => format.format(midnight(calendarDay)), otherwise)

  const formats: Formats = {
    timeZone,
    money: (amountMinor, currency) => money(amountOf(amountMinor, currency), currency, 'full'),
    moneyPlain: (amountMinor, currency) => money(amountOf(amountMinor, currency), currency, 'plain'),
    moneyShort(amountMinor, currency) {
      const amount = amountOf(amountMinor, currency)
      return money(amount, currency, Math.abs(amount) < SHORTENED_FROM[language] ? 'plain' : 'short')
    },
    number,
    percent: (ratio) => (Math.abs(ratio) < UNREADABLE_FROM ? change.format(ratio) : NOTHING),
    relative(at, now) {
      const ms = at - now
      const size = Math.abs(ms)
      if (Number.isNaN(size)) return NOTHING
      if (size < MINUTE) return JUST_NOW[language]
      if (size < HOUR) return ago.format(Math.trunc(ms / MINUTE), 'minute')
      if (size < DAY) return ago.format(Math.trunc(ms / HOUR), 'hour')
      const distance = daysBetween(dayOf(now), dayOf(at))
      if (Math.abs(distance) < 14) return ago.format(distance, 'day')
      return formats.moment(at, now)
    },
    exact: (at) => time(exact, at),
    iso: (at) => attempt(() => new Date(at).toISOString(), undefined),
    moment(at, now) {
      const day = dayOf(at)
      if (day === dayOf(now)) return time(clock, at)
      return time(day.slice(0, 4) === dayOf(now).slice(0, 4) ? sameYear : otherYear, at)
    },
    clock: (at) => time(clock, at),
    day(at, now) {
      if (!Number.isFinite(at)) return NOTHING
      const distance = daysBetween(dayOf(now), dayOf(at))
      if (distance === 0 || distance === -1) return capital(ago.format(distance, 'day'), locale)
      const sameYearAs = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4)
      return time(sameYearAs ? heading : otherYear, at)
    },
    date: (calendarDay) => dateOf(plainDate, calendarDay, calendarDay),
    dayFromNow(calendarDay, now) {
      if (Number.isNaN(midnight(calendarDay))) return calendarDay
      const distance = daysBetween(dayOf(now), calendarDay)
      return Math.abs(distance) < 14 ? ago.format(distance, 'day') : formats.date(calendarDay)
    },
    promised: (at, now) =>
      at <= now + HOUR
        ? formats.relative(at, now)
        : Number.isFinite(at)
          ? `${formats.dayFromNow(dayOf(at), now)} ${time(clock, at)}`
          : NOTHING,
    span(from, now) {
      const ms = now - from
      if (!(Math.abs(ms) < UNREADABLE_FROM)) return NOTHING
      const days = daysBetween(dayOf(from), dayOf(now))
      if (ms >= DAY && days >= 1) return unit(days, 'day')
      return ms >= HOUR ? unit(Math.trunc(ms / HOUR), 'hour') : unit(Math.max(1, Math.trunc(ms / MINUTE)), 'minute')
    },
    birthday: (value) =>
      value.startsWith('--') ? dateOf(yearless, `2000-${value.slice(2)}`, value) : formats.date(value),
    duration(ms) {
      if (!(Math.abs(ms) < UNREADABLE_FROM)) return NOTHING
      const seconds = Math.max(0, Math.floor(ms / 1000))
      const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
      return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
    },
    years: (count) => unit(count, 'year'),
    bytes: (count) =>
      Math.abs(count) < UNREADABLE_FROM
        ? new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 }).format(
            count / 1e6,
          )
        : NOTHING,
  }
  return formats
}

/** The UTC midnight of a calendar date; NaN for a text that is no date. */
const midnight = (calendarDay: string): number => Date.parse(`${calendarDay}T00:00:00Z`)

const two = (n: number): string => String(n).padStart(2, '0')
const capital = (text: string, locale: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)

/** The telephone system's name for a party, without a lookup; null where it gives none. */
export function partyName(party: Party): string | null {
  switch (party.kind) {
    case 'number':
      return party.name === null ? null : isolated(party.name)
    case 'internal':
      return isolated(party.name ?? party.extension)
    case 'withheld':
      return null
  }
}

import { operator as en, type OperatorWords } from '../../resources/words/en/operator.ts'
import { operator as zh } from '../../resources/words/zh/operator.ts'

export type OperatorLanguage = 'en' | 'zh'

const words: Record<OperatorLanguage, OperatorWords> = { en, zh }

/** The language that the browser prefers (RFC 9110 §12.5.4); English where it asks for neither or for both equally. */
export function languageOf(acceptLanguage: string | undefined): OperatorLanguage {
  const wishes = (acceptLanguage ?? '').split(',').map((wish) => {
    const [tag = '', ...params] = wish.trim().toLowerCase().split(';')
    const quality = params.map((param) => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find(Boolean)
    return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
  })
  const best = (language: OperatorLanguage) =>
    Math.max(0, ...wishes.filter((wish) => wish.language === language).map(({ quality }) => quality))
  return best('zh') > best('en') ? 'zh' : 'en'
}

/** The words and formats of one language. Times are in the site's time zone. */
export interface Say {
  readonly language: OperatorLanguage
  readonly words: OperatorWords
  fill(text: string, params: Readonly<Record<string, string | number>>): string
  number(value: number): string
  bytes(value: number): string
  time(at: number): string
  /** A length of time in its largest unit. */
  span(ms: number): string
  ago(ms: number): string
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const
const SIZES = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
] as const

export function sayIn(language: OperatorLanguage, timeZone: string): Say {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  const number = new Intl.NumberFormat(locale)
  const time = new Intl.DateTimeFormat(locale, {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' })
  const unitOf = (ms: number) => UNITS.find(([, size]) => ms >= size) ?? UNITS[3]
  const inUnit = (value: number, unit: string, digits = 0) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(
      value,
    )
  return {
    language,
    words: words[language],
    fill: (text, params) =>
      text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = params[name] ?? '?'
        return typeof value === 'number' && name !== 'pid' ? number.format(value) : String(value)
      }),
    number: (value) => number.format(value),
    bytes: (value) => {
      const [unit, size] = SIZES.find(([, size]) => value >= size) ?? ['byte', 1]
      return inUnit(value / size, unit, unit === 'gigabyte' ? 1 : 0)
    },
    time: (at) => time.format(at),
    span: (ms) => {
      const [unit, size] = unitOf(ms)
      return inUnit(ms / size, unit, unit === 'second' && ms < 10_000 ? 1 : 0)
    },
    ago: (ms) => {
      const [unit, size] = unitOf(ms)
      return relative.format(-Math.floor(Math.max(0, ms) / size), unit)
    },
  }
}

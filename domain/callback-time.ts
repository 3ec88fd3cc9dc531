import { addDays, calendarDate, instantAt, localTime } from './zoned-time.ts'

/** The hour that a day without an hour means. */
const WORKDAY_STARTS = 9

const weekdaysEn = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const weekdaysZh = ['一', '二', '三', '四', '五', '六', '日']

interface Day { readonly date: string; readonly rest: string; readonly named: boolean }
interface Clock { readonly hour: number; readonly minute: number }

const pad = (n: number): string => String(n).padStart(2, '0')

function isDate(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(date)
}

function nextWeekday(today: string, present: number, wanted: number, nextWeek: boolean): string {
  const ahead = (wanted - present + 7) % 7
  if (!nextWeek) return addDays(today, ahead)
  return addDays(today, 7 - (present - 1) + (wanted - 1))
}

/** Finds the day in what was typed; what is left over is the clock. Without a day it is today. */
function readDay(text: string, now: number, timeZone: string): Day | null {
  const today = calendarDate(now, timeZone)
  const { year, month, day, weekday } = localTime(now, timeZone)
  const found = (match: RegExpExecArray, date: string): Day | null =>
    isDate(date) ? { date, rest: text.replace(match[0], ' ').trim(), named: true } : null

  const word = /^(today|tomorrow|the day after tomorrow|今天|今日|明天|明日|后天|大后天|今晚|明早|明晚)/.exec(text)
  if (word) {
    const ahead: Record<string, number> = {
      today: 0, 今天: 0, 今日: 0, 今晚: 0, tomorrow: 1, 明天: 1, 明日: 1, 明早: 1, 明晚: 1,
      'the day after tomorrow': 2, 后天: 2, 大后天: 3,
    }
    const rest = text.slice(word[0].length).trim()
    const halfOfDay = word[0].endsWith('晚') ? '晚上' : word[0].endsWith('早') ? '早上' : ''
    return { date: addDays(today, ahead[word[0]] ?? 0), rest: halfOfDay + rest, named: true }
  }
  const iso = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/.exec(text)
  if (iso) return found(iso, `${iso[1]}-${pad(Number(iso[2]))}-${pad(Number(iso[3]))}`)
  const monthDay = /(\d{1,2})月(\d{1,2})[日号]?/.exec(text) ?? /^(\d{1,2})[-/](\d{1,2})(?=\s|$)/.exec(text)
  if (monthDay) {
    const [m, d] = [Number(monthDay[1]), Number(monthDay[2])]
    const past = m < month || (m === month && d < day)
    return found(monthDay, `${past ? year + 1 : year}-${pad(m)}-${pad(d)}`)
  }
  const en = /^(next\s+)?(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b/.exec(text)
  if (en) return found(en, nextWeekday(today, weekday, weekdaysEn.indexOf(en[2] ?? '') + 1, en[1] !== undefined))
  const zh = /^(下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])/.exec(text)
  if (zh) return found(zh, nextWeekday(today, weekday, weekdaysZh.indexOf(zh[2] === '天' ? '日' : (zh[2] ?? '')) + 1, zh[1] !== undefined))
  return { date: today, rest: text, named: false }
}

/** Reads a time of day; null where the text is none, `undefined` where nothing was written. */
function readClock(text: string): Clock | null | undefined {
  const rest = text.replace(/^at\s+/, '').trim()
  if (rest === '') return undefined
  const words: Record<string, Clock> = {
    noon: { hour: 12, minute: 0 }, 中午: { hour: 12, minute: 0 }, morning: { hour: 9, minute: 0 }, 早上: { hour: 9, minute: 0 }, 上午: { hour: 9, minute: 0 },
    afternoon: { hour: 14, minute: 0 }, 下午: { hour: 14, minute: 0 }, evening: { hour: 18, minute: 0 }, 晚上: { hour: 19, minute: 0 },
  }
  const word = words[rest]
  if (word) return word
  const match = /^(早上|上午|中午|下午|晚上)?\s*(\d{1,2})(?:[:：.点时h]\s*(\d{2})?(半)?分?)?\s*(am|pm)?$/.exec(rest)
  if (!match) return null
  const half = match[1] ?? ''
  const minute = match[4] ? 30 : Number(match[3] ?? 0)
  let hour = Number(match[2])
  const afternoon = match[5] === 'pm' || half === '下午' || half === '晚上' || (half === '中午' && hour < 11)
  if (afternoon && hour < 12) hour += 12
  if (match[5] === 'am' && hour === 12) hour = 0
  return hour < 24 && minute < 60 ? { hour, minute } : null
}

/** The instant of a calendar day at which its clock shows what it shows now. */
function sameTimeOn(date: string, now: number, timeZone: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const { hour, minute } = localTime(now, timeZone)
  return instantAt({ year, month, day, hour, minute }, timeZone) + (now % 60_000)
}

/**
 * The instant (ms) that a typed callback time means in the site's zone: "15:30", "3pm", "tomorrow 10:00", "Fri 9",
 * "in 2 h", "明天10点", "下周三下午3点半", "2小时后". A time of today that has passed means tomorrow; a weekday that is
 * today and has passed means the next one. Null where it means nothing.
 */
export function callbackTime(typed: string, now: number, timeZone: string): number | null {
  const text = typed.trim().toLowerCase().replace(/\s+/g, ' ')
  if (text === '') return null
  const ahead = /^(?:in )?(\d{1,3})\s*(min|minutes?|m|h|hours?|hrs?|days?|d|分钟|个?小时|天)(?:后|之后|以后)?$/.exec(text)
  if (ahead) {
    const unit = ahead[2] ?? ''
    // A day ahead is the same time of that day, however long the days in between are.
    if (/^(d|天)/.test(unit)) return sameTimeOn(addDays(calendarDate(now, timeZone), Number(ahead[1])), now, timeZone)
    return now + Number(ahead[1]) * (/^(m|分)/.test(unit) ? 60_000 : 3_600_000)
  }
  const day = readDay(text, now, timeZone)
  if (!day) return null
  const clock = readClock(day.rest)
  if (clock === null || (clock === undefined && !day.named)) return null
  const at = (date: string): number => {
    const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number)
    return instantAt({ year, month, day: dayOfMonth, hour: clock?.hour ?? WORKDAY_STARTS, minute: clock?.minute ?? 0 }, timeZone)
  }
  const meant = at(day.date)
  if (meant > now) return meant
  if (!day.named) return at(addDays(day.date, 1))
  return /^(mon|tue|wed|thu|fri|sat|sun|周|星期|礼拜)/.test(text) ? at(addDays(day.date, 7)) : meant
}

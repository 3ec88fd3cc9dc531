import type { CustomerFacts } from '../protocol/record.ts'
import { calendarDate, daysBetween } from './zoned-time.ts'

const MONTHS_SHOWN = 24

export interface FactRows {
  /** Every order of the customer, in any order. */
  readonly orders: readonly { readonly placedAt: number; readonly totalMinor: number; readonly status: string }[]
  readonly lastContactAt: number | null
  readonly stayCount: number
  readonly birthday: string | null
}

/** Counts and sums over a customer's whole history; cancelled orders are no revenue. Amounts in minor units of the customer's currency. */
export function customerFacts(rows: FactRows, now: number, timeZone: string): CustomerFacts {
  const today = calendarDate(now, timeZone)
  const spend = new Map(lastMonths(today, MONTHS_SHOWN).map((month) => [month, 0]))
  let revenueMinor = 0
  let orderCount = 0
  let firstOrderAt: number | null = null
  let lastOrderAt: number | null = null
  for (const order of rows.orders) {
    if (order.status === 'cancelled') continue
    orderCount += 1
    revenueMinor += order.totalMinor
    firstOrderAt = Math.min(firstOrderAt ?? order.placedAt, order.placedAt)
    lastOrderAt = Math.max(lastOrderAt ?? order.placedAt, order.placedAt)
    const month = calendarDate(order.placedAt, timeZone).slice(0, 7)
    const sum = spend.get(month)
    if (sum !== undefined) spend.set(month, sum + order.totalMinor)
  }
  return {
    orderCount, revenueMinor, firstOrderAt, lastOrderAt, lastContactAt: rows.lastContactAt, stayCount: rows.stayCount,
    birthdayInDays: rows.birthday ? birthdayInDays(rows.birthday, today) : null,
    spendByMonth: [...spend].map(([month, amountMinor]) => ({ month, amountMinor })),
  }
}

/** Days from `today` to the next birthday, 0 on the day. Born on 29 February: 28 February in other years. */
export function birthdayInDays(birthday: string, today: string): number {
  const monthAndDay = birthday.slice(-5)
  const year = Number(today.slice(0, 4))
  const inYear = (y: number): string => {
    const leap = new Date(Date.UTC(y, 1, 29)).getUTCMonth() === 1
    return `${y}-${monthAndDay === '02-29' && !leap ? '02-28' : monthAndDay}`
  }
  const days = daysBetween(today, inYear(year))
  return days >= 0 ? days : daysBetween(today, inYear(year + 1))
}

function lastMonths(today: string, count: number): string[] {
  const first = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1
  return Array.from({ length: count }, (_, i) => {
    const month = first - (count - 1) + i
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}

import type { CustomerFacts } from '../protocol/record.ts'
import { calendarDate, daysBetween, instantAt } from './zoned-time.ts'

const MONTHS_SHOWN = 24

export interface FactRows {
  /** Every order of the customer, in any order. */
  readonly orders: readonly {
    readonly placedAt: number
    readonly totalMinor: number
    readonly currency: string
    readonly status: string
  }[]
  /** The customer's currency, in which the sums are. */
  readonly currency: string
  readonly lastContactAt: number | null
  readonly stayCount: number
  readonly birthday: string | null
}

/**
 * Counts and sums over a customer's whole history; cancelled orders are not revenue. Sums are in minor units of the
 * customer's currency. Orders in other currencies are counted, and their amounts are summed apart for each currency.
 */
export function customerFacts(rows: FactRows, now: number, timeZone: string): CustomerFacts {
  const today = calendarDate(now, timeZone)
  const months = lastMonths(today.slice(0, 7), timeZone)
  const spend = months.map(() => 0)
  const otherRevenue = new Map<string, number>()
  const otherSpend = months.map(() => new Map<string, number>())
  let revenueMinor = 0
  let orderCount = 0
  let firstOrderAt: number | null = null
  let lastOrderAt: number | null = null
  for (const order of rows.orders) {
    if (order.status === 'cancelled') continue
    orderCount += 1
    firstOrderAt = Math.min(firstOrderAt ?? order.placedAt, order.placedAt)
    lastOrderAt = Math.max(lastOrderAt ?? order.placedAt, order.placedAt)
    const month = months.findLastIndex(({ startsAt }) => startsAt <= order.placedAt)
    if (order.currency === rows.currency) {
      revenueMinor += order.totalMinor
      if (month >= 0) spend[month]! += order.totalMinor
    } else {
      addTo(otherRevenue, order.currency, order.totalMinor)
      if (month >= 0) addTo(otherSpend[month]!, order.currency, order.totalMinor)
    }
  }
  return {
    orderCount,
    revenueMinor,
    otherRevenue: amounts(otherRevenue),
    firstOrderAt,
    lastOrderAt,
    lastContactAt: rows.lastContactAt,
    stayCount: rows.stayCount,
    birthdayInDays: rows.birthday ? birthdayInDays(rows.birthday, today) : null,
    spendByMonth: months.map(({ month }, i) => ({ month, amountMinor: spend[i]! })),
    otherSpend: months.flatMap(({ month }, i) => amounts(otherSpend[i]!).map((amount) => ({ month, ...amount }))),
  }
}

const addTo = (sums: Map<string, number>, currency: string, amountMinor: number): void =>
  void sums.set(currency, (sums.get(currency) ?? 0) + amountMinor)

const amounts = (sums: ReadonlyMap<string, number>) =>
  [...sums]
    .map(([currency, amountMinor]) => ({ currency, amountMinor }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))

/**
 * Days from `today` to the next birthday, 0 on the day itself. For someone born on 29 February it is 28 February in
 * other years.
 */
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

interface Month {
  /** `YYYY-MM` */
  readonly month: string
  /** The instant at which it begins in the site's zone. */
  readonly startsAt: number
}

/**
 * The months that were computed last. Asking `Intl` for the month of every order would cost more than reading the
 * orders.
 */
let shown: { readonly key: string; readonly months: readonly Month[] } = { key: '', months: [] }

/** The months up to `thisMonth` (`YYYY-MM`), oldest first. */
function lastMonths(thisMonth: string, timeZone: string): readonly Month[] {
  const key = `${thisMonth} ${timeZone}`
  if (shown.key !== key) {
    const last = Number(thisMonth.slice(0, 4)) * 12 + Number(thisMonth.slice(5, 7)) - 1
    shown = {
      key,
      months: Array.from({ length: MONTHS_SHOWN }, (_, i) => {
        const count = last - (MONTHS_SHOWN - 1) + i
        const [year, month] = [Math.floor(count / 12), (count % 12) + 1]
        return {
          month: `${year}-${String(month).padStart(2, '0')}`,
          startsAt: instantAt({ year, month, day: 1 }, timeZone),
        }
      }),
    }
  }
  return shown.months
}

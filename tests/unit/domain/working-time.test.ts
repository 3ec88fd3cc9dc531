import { describe, expect, test } from 'vitest'
import { birthdayInDays, customerFacts } from '../../../domain/customer-facts.ts'
import { closeOfWorkingDay, officeHours } from '../../../domain/working-time.ts'
import { calendarDate, instantAt, localTime } from '../../../domain/zoned-time.ts'

const shanghai = 'Asia/Shanghai'
const berlin = 'Europe/Berlin'
const at = (text: string) => Date.parse(text)

describe('working time', () => {
  const calendar = officeHours(shanghai)

  test('three working days after a Thursday is Tuesday at closing time', () => {
    expect(closeOfWorkingDay(at('2026-11-19T11:00:00+08:00'), 3, calendar)).toBe(at('2026-11-24T18:00:00+08:00'))
  })

  test('the same day means today, or after closing time the next working day', () => {
    expect(closeOfWorkingDay(at('2026-11-20T11:00:00+08:00'), 0, calendar)).toBe(at('2026-11-20T18:00:00+08:00'))
    expect(closeOfWorkingDay(at('2026-11-20T18:30:00+08:00'), 0, calendar)).toBe(at('2026-11-23T18:00:00+08:00'))
    expect(closeOfWorkingDay(at('2026-11-21T11:00:00+08:00'), 0, calendar)).toBe(at('2026-11-23T18:00:00+08:00'))
  })

  test('holidays are skipped, and a working Saturday counts', () => {
    const golden = { ...calendar, holidays: new Set(['2026-10-01', '2026-10-02']), extraDays: new Set(['2026-10-10']) }
    expect(closeOfWorkingDay(at('2026-09-30T11:00:00+08:00'), 1, golden)).toBe(at('2026-10-05T18:00:00+08:00'))
    expect(closeOfWorkingDay(at('2026-10-09T11:00:00+08:00'), 1, golden)).toBe(at('2026-10-10T18:00:00+08:00'))
  })
})

describe('the site’s calendar', () => {
  test('an instant near midnight belongs to the site’s day', () => {
    expect(calendarDate(at('2026-11-20T16:30:00Z'), shanghai)).toBe('2026-11-21')
    expect(localTime(at('2026-11-22T01:00:00Z'), shanghai).weekday).toBe(7)
  })

  test('a wall clock time is the right instant on both sides of a clock change, and in the gap the instant after it', () => {
    expect(instantAt({ year: 2026, month: 3, day: 28, hour: 12 }, berlin)).toBe(at('2026-03-28T12:00:00+01:00'))
    expect(instantAt({ year: 2026, month: 3, day: 29, hour: 12 }, berlin)).toBe(at('2026-03-29T12:00:00+02:00'))
    expect(instantAt({ year: 2026, month: 3, day: 29, hour: 2, minute: 30 }, berlin)).toBe(
      at('2026-03-29T03:30:00+02:00'),
    )
    expect(instantAt({ year: 2026, month: 10, day: 25, hour: 2, minute: 30 }, berlin)).toBe(
      at('2026-10-25T02:30:00+02:00'),
    )
  })

  test('the days to the next birthday are counted, also over New Year and for 29 February', () => {
    expect(birthdayInDays('1980-11-24', '2026-11-21')).toBe(3)
    expect(birthdayInDays('--11-21', '2026-11-21')).toBe(0)
    expect(birthdayInDays('1980-01-02', '2026-12-31')).toBe(2)
    expect(birthdayInDays('1980-02-29', '2026-02-27')).toBe(1)
    expect(birthdayInDays('1980-02-29', '2028-02-27')).toBe(2)
  })

  test('cancelled orders are no revenue, and months without orders count as zero', () => {
    const facts = customerFacts(
      {
        orders: [
          { placedAt: at('2026-11-01T00:30:00+08:00'), totalMinor: 500, currency: 'CNY', status: 'delivered' },
          { placedAt: at('2026-11-02T10:00:00+08:00'), totalMinor: 900, currency: 'CNY', status: 'cancelled' },
          { placedAt: at('2020-01-01T10:00:00+08:00'), totalMinor: 50, currency: 'CNY', status: 'delivered' },
        ],
        currency: 'CNY',
        lastContactAt: null,
        stayCount: 0,
        birthday: null,
      },
      at('2026-11-21T10:00:00+08:00'),
      shanghai,
    )
    expect(facts).toMatchObject({ orderCount: 2, revenueMinor: 550, birthdayInDays: null })
    expect(facts.spendByMonth).toHaveLength(24)
    expect(facts.spendByMonth.slice(-2)).toEqual([
      { month: '2026-10', amountMinor: 0 },
      { month: '2026-11', amountMinor: 500 },
    ])
  })

  test('orders in another currency are counted, and their amounts are kept apart from the sum', () => {
    const order = (placedAt: string, totalMinor: number, currency: string) => ({
      placedAt: at(placedAt),
      totalMinor,
      currency,
      status: 'delivered',
    })
    const facts = customerFacts(
      {
        orders: [
          order('2026-11-03T10:00:00+08:00', 500, 'CNY'),
          order('2026-11-04T10:00:00+08:00', 120_000, 'EUR'),
          order('2026-11-05T10:00:00+08:00', 3, 'EUR'),
          order('2026-10-05T10:00:00+08:00', 40, 'USD'),
          order('2020-01-01T10:00:00+08:00', 7, 'EUR'),
        ],
        currency: 'CNY',
        lastContactAt: null,
        stayCount: 0,
        birthday: null,
      },
      at('2026-11-21T10:00:00+08:00'),
      shanghai,
    )
    expect(facts).toMatchObject({
      orderCount: 5,
      revenueMinor: 500,
      otherRevenue: [
        { currency: 'EUR', amountMinor: 120_010 },
        { currency: 'USD', amountMinor: 40 },
      ],
    })
    expect(facts.spendByMonth.slice(-2)).toEqual([
      { month: '2026-10', amountMinor: 0 },
      { month: '2026-11', amountMinor: 500 },
    ])
    expect(facts.otherSpend).toEqual([
      { month: '2026-10', currency: 'USD', amountMinor: 40 },
      { month: '2026-11', currency: 'EUR', amountMinor: 120_003 },
    ])
  })
})

import { expect, test } from 'vitest'
import { callbackTime } from '../../../domain/callback-time.ts'
import { instantAt } from '../../../domain/zoned-time.ts'

const zone = 'Asia/Shanghai'
// Wednesday 18 November 2026, 11:20 in Shanghai.
const now = instantAt({ year: 2026, month: 11, day: 18, hour: 11, minute: 20 }, zone)
const at = (day: number, hour: number, minute = 0, month = 11, year = 2026) => instantAt({ year, month, day, hour, minute }, zone)

test.each([
  ['15:30', at(18, 15, 30)],
  ['3pm', at(18, 15)],
  ['9:00', at(19, 9)],
  ['tomorrow 10:00', at(19, 10)],
  ['tomorrow', at(19, 9)],
  ['Fri 9', at(20, 9)],
  ['friday at 16:15', at(20, 16, 15)],
  ['next mon 9', at(23, 9)],
  ['wed 9', at(25, 9)],
  ['wed 17:00', at(18, 17)],
  ['in 2 h', now + 2 * 3_600_000],
  ['30 min', now + 30 * 60_000],
  ['2026-12-01 8:30', at(1, 8, 30, 12)],
  ['12/1 10', at(1, 10, 0, 12)],
  ['1/5 10', at(5, 10, 0, 1, 2027)],
  ['明天10点', at(19, 10)],
  ['明天下午3点半', at(19, 15, 30)],
  ['后天上午9点', at(20, 9)],
  ['今晚8点', at(18, 20)],
  ['明早9点', at(19, 9)],
  ['周五9点', at(20, 9)],
  ['下周三下午3点', at(25, 15)],
  ['星期日 10:00', at(22, 10)],
  ['12月1日10点20', at(1, 10, 20, 12)],
  ['2小时后', now + 2 * 3_600_000],
  ['半夜', null],
  ['soon', null],
  ['25:00', null],
  ['2026-02-30 10:00', null],
  ['', null],
])('"%s" means what a person means by it', (typed, expected) => {
  expect(callbackTime(typed, now, zone)).toBe(expected)
})

test.each([
  ['in 3 days', { month: 3, day: 27 }, { month: 3, day: 30 }], ['3天后', { month: 10, day: 23 }, { month: 10, day: 26 }], ['1 d', { month: 12, day: 31 }, { month: 13, day: 1 }],
])('"%s" is the same time of day, also where the clock is put forward or back in between', (typed, from, to) => {
  const berlin = 'Europe/Berlin'
  const asked = instantAt({ year: 2026, ...from, hour: 10, minute: 20 }, berlin)
  expect(callbackTime(typed, asked, berlin)).toBe(instantAt({ year: to.month > 12 ? 2027 : 2026, month: to.month > 12 ? 1 : to.month, day: to.day, hour: 10, minute: 20 }, berlin))
})

test('a day that has passed is told as it is, so that the screen can refuse it', () => {
  expect(callbackTime('today 9:00', now, zone)).toBe(at(18, 9))
})

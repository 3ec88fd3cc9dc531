import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { callbackTime, readCallbackTime } from '../../../domain/callback-time.ts'
import { addDays, addMonths, instantAt, lastOfMonth, localTime } from '../../../domain/zoned-time.ts'

const zone = 'Asia/Shanghai'
// Wednesday 18 November 2026, 11:20 in Shanghai.
const now = instantAt({ year: 2026, month: 11, day: 18, hour: 11, minute: 20 }, zone)
const at = (day: number, hour: number, minute = 0, month = 11, year = 2026) =>
  instantAt({ year, month, day, hour, minute }, zone)

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
])('"%s" means what people mean by it', (typed, expected) => {
  expect(callbackTime(typed, now, zone)).toBe(expected)
})

test.each([
  ['in 3 days', { month: 3, day: 27 }, { month: 3, day: 30 }],
  ['3天后', { month: 10, day: 23 }, { month: 10, day: 26 }],
  ['1 d', { month: 12, day: 31 }, { month: 13, day: 1 }],
])('"%s" is the same time of day, also where the clock is put forward or back before it', (typed, from, to) => {
  const berlin = 'Europe/Berlin'
  const asked = instantAt({ year: 2026, ...from, hour: 10, minute: 20 }, berlin)
  expect(callbackTime(typed, asked, berlin)).toBe(
    instantAt(
      { year: to.month > 12 ? 2027 : 2026, month: to.month > 12 ? 1 : to.month, day: to.day, hour: 10, minute: 20 },
      berlin,
    ),
  )
})

test('a day that has passed is returned as it is, so that the screen can refuse it', () => {
  expect(callbackTime('today 9:00', now, zone)).toBe(at(18, 9))
})

const pad = (n: number) => String(n).padStart(2, '0')
/** Writes an instant as the table does. */
const shownIn = (timeZone: string, instant: number | null): string => {
  if (instant === null) return ''
  const { year, month, day, hour, minute } = localTime(instant, timeZone)
  return `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}`
}

describe('on Monday 30 November 2026 at 14:20 in Shanghai', () => {
  const monday = instantAt({ year: 2026, month: 11, day: 30, hour: 14, minute: 20 }, zone)
  const table = parse(readFileSync(new URL('../../fixtures/callback-times.csv', import.meta.url)), {
    columns: true,
  }) as { typed: string; means: string; why: string }[]
  const read = (typed: string) => shownIn(zone, callbackTime(typed, monday, zone))

  test('the table of cases is complete', () => expect(table).toHaveLength(41))

  test.each(table)('"$typed" is $means', ({ typed, means }) => {
    expect(read(typed)).toBe(means)
  })

  test.each([
    ['后天', '2026-12-02T09:00'],
    ['大后天', '2026-12-03T09:00'],
    ['后天下午三点', '2026-12-02T15:00'],
    ['下下周', '2026-12-14T09:00'],
    ['下下周三', '2026-12-16T09:00'],
    ['月底', '2026-12-31T09:00'],
    ['年底', '2026-12-31T09:00'],
    ['12月23日', '2026-12-23T09:00'],
    ['十二月二十三日下午三点', '2026-12-23T15:00'],
    ['明年1月5日', '2027-01-05T09:00'],
    ['两点一刻', '2026-12-01T14:15'],
    ['三点三刻', '2026-11-30T15:45'],
    ['十点零五分', '2026-12-01T10:05'],
    ['十五号', '2026-12-15T09:00'],
    ['30号', '2026-12-30T09:00'],
    ['31号', '2026-12-31T09:00'],
    ['下个月15号', '2026-12-15T09:00'],
    ['下个月', '2026-12-01T09:00'],
    ['周三三点', '2026-12-02T15:00'],
    ['周一', '2026-12-07T09:00'],
    ['本周五10点', '2026-12-04T10:00'],
    ['明早', '2026-12-01T09:00'],
    ['明晚8点', '2026-12-01T20:00'],
    ['明晚12点', '2026-12-02T00:00'],
    ['凌晨2点', '2026-12-01T02:00'],
    ['今天下午', '2026-11-30T15:00'],
    ['下午3点到5点', '2026-11-30T15:00'],
    ['差5分10点', '2026-12-01T09:55'],
    ['三个工作日后', '2026-12-03T14:20'],
    ['下个工作日', '2026-12-01T09:00'],
    ['一个半小时后', '2026-11-30T15:50'],
    ['1小时30分钟后', '2026-11-30T15:50'],
    ['一刻钟后', '2026-11-30T14:35'],
    ['过半小时', '2026-11-30T14:50'],
    ['两周后', '2026-12-14T14:20'],
    ['三天后上午10点', '2026-12-03T10:00'],
    ['明天10点左右', '2026-12-01T10:00'],
    ['明天十点给他回电', '2026-12-01T10:00'],
    ['明天１０：３０', '2026-12-01T10:30'],
    ['下週三', '2026-12-09T09:00'],
    ['兩點半', '2026-11-30T14:30'],
    ['午後3時', '2026-11-30T15:00'],
    ['morgen 10 Uhr', '2026-12-01T10:00'],
    ['morgen früh', '2026-12-01T09:00'],
    ['heute Nachmittag', '2026-11-30T15:00'],
    ['übermorgen 14.30 Uhr', '2026-12-02T14:30'],
    ['nächste Woche', '2026-12-07T09:00'],
    ['Fr 14 Uhr', '2026-12-04T14:00'],
    ['Montag morgen', '2026-12-07T09:00'],
    ['kommenden Freitag um 9', '2026-12-04T09:00'],
    ['in zwei Stunden', '2026-11-30T16:20'],
    ['in einer halben Stunde', '2026-11-30T14:50'],
    ['halb drei', '2026-11-30T14:30'],
    ['Viertel vor 4', '2026-11-30T15:45'],
    ['am 15. um 10', '2026-12-15T10:00'],
    ['23. Dezember', '2026-12-23T09:00'],
    ['demain 14h', '2026-12-01T14:00'],
    ['demain à 14h30', '2026-12-01T14:30'],
    ['après-demain 9h', '2026-12-02T09:00'],
    ['lundi 10h', '2026-12-07T10:00'],
    ['le 23 décembre', '2026-12-23T09:00'],
    ['1er janvier', '2027-01-01T09:00'],
    ['dans une heure', '2026-11-30T15:20'],
    ['dans une demi-heure', '2026-11-30T14:50'],
    ['midi', '2026-12-01T12:00'],
    ['la semaine prochaine', '2026-12-07T09:00'],
    ['mon', '2026-12-07T09:00'],
    ['monday 5pm', '2026-11-30T17:00'],
    ['tue 10', '2026-12-01T10:00'],
    ['weds 4pm', '2026-12-02T16:00'],
    ['thurs', '2026-12-03T09:00'],
    ['next monday', '2026-12-07T09:00'],
    ['this friday', '2026-12-04T09:00'],
    ['friday next week', '2026-12-11T09:00'],
    ['EOD', '2026-11-30T18:00'],
    ['eod tomorrow', '2026-12-01T18:00'],
    ['noon', '2026-12-01T12:00'],
    ['midnight', '2026-12-01T00:00'],
    ['next month', '2026-12-01T09:00'],
    ['end of month', '2026-12-31T09:00'],
    ['next working day', '2026-12-01T09:00'],
    ['in 90 minutes', '2026-11-30T15:50'],
    ['in 1.5 hours', '2026-11-30T15:50'],
    ['in 1h 30m', '2026-11-30T15:50'],
    ['in an hour and a half', '2026-11-30T15:50'],
    ['half an hour', '2026-11-30T14:50'],
    ['45m', '2026-11-30T15:05'],
    ['2h', '2026-11-30T16:20'],
    ['in a couple of hours', '2026-11-30T16:20'],
    ['in 3 days at 10', '2026-12-03T10:00'],
    ['in two weeks', '2026-12-14T14:20'],
    ['in a month', '2026-12-30T14:20'],
    ['in 3 months', '2027-02-28T14:20'],
    ['3 days from now', '2026-12-03T14:20'],
    ['a week from tomorrow', '2026-12-08T09:00'],
    ['1:30pm', '2026-12-01T13:30'],
    ['0900', '2026-12-01T09:00'],
    ['1430', '2026-11-30T14:30'],
    ['3 p.m.', '2026-11-30T15:00'],
    ['tomorrow 2', '2026-12-01T14:00'],
    ['tomorrow 2:30', '2026-12-01T14:30'],
    ['tomorrow 02:30', '2026-12-01T02:30'],
    ['24:00', '2026-12-01T00:00'],
    ['half past three', '2026-11-30T15:30'],
    ['quarter to 4', '2026-11-30T15:45'],
    ['ten past three', '2026-11-30T15:10'],
    ['3-5pm', '2026-11-30T15:00'],
    ['10-2pm', '2026-12-01T10:00'],
    ['between 3 and 5', '2026-11-30T15:00'],
    ['9 to 5', '2026-12-01T09:00'],
    ['tonight', '2026-11-30T19:00'],
    ['this afternoon', '2026-11-30T15:00'],
    ['tomorrow morning', '2026-12-01T09:00'],
    ['first thing tomorrow', '2026-12-01T09:00'],
    ['call back tomorrow at 3 please', '2026-12-01T15:00'],
    ['around 4', '2026-11-30T16:00'],
    ['the 15th at 10', '2026-12-15T10:00'],
    ['jan 5th 4pm', '2027-01-05T16:00'],
    ['3rd of January at 5', '2027-01-03T17:00'],
    ['Dec 23, 2026 3pm', '2026-12-23T15:00'],
    ['23/12/2026', '2026-12-23T09:00'],
    ['23.12', '2026-12-23T09:00'],
    ['10.30', '2026-12-01T10:30'],
    ['23/12', '2026-12-23T09:00'],
    ['１５：３０', '2026-11-30T15:30'],
    ['١٥:٣٠', '2026-11-30T15:30'],
    ['\u200e15:30\u200f', '2026-11-30T15:30'],
  ])('"%s" is %s', (typed, means) => {
    expect(read(typed)).toBe(means)
  })

  test.each([
    'maybe tomorrow',
    'tomorrow before 10',
    'tomorrow 10am EST',
    'tomorrow or friday',
    'tomorrow friday',
    'tomorrow midnight',
    'later',
    'now',
    'asap',
    'weekend',
    '周末',
    '稍后',
    '过几天',
    'may',
    'december',
    '2 o',
    'in 5',
    'in half a day',
    'in 0 minutes',
    'in 9 months and',
    'week',
    '13am',
    '0pm',
    '上午14点',
    '晚上2点',
    '32号',
    '2月30号',
    '31 feb',
    'feb 29',
    '13/13',
    '12-23',
    '12-25',
    '12.23',
    '5/6/2026',
    '10:60',
    '24:30',
    '1:5',
    '100',
    '31',
    '9999',
    '10 10',
    '10am 11am',
    '-1',
    '10:00 to',
    'tomorrow 10 call his wife',
    'in 99 months',
    '2199-01-01',
    '明天10点或11点',
    '明天10点前',
  ])('"%s" is unclear', (typed) => {
    expect(readCallbackTime(typed, monday, zone)).toEqual({ kind: 'unclear' })
    expect(callbackTime(typed, monday, zone)).toBeNull()
  })

  test.each([
    'yesterday 10:00',
    'today 9',
    '昨天',
    '前天下午',
    'last friday',
    '上周五',
    '这周一',
    'gestern 10 Uhr',
    'hier 14h',
    '2026-11-01',
    '11/30',
    '11月30日 10点',
  ])('"%s" has passed', (typed) => {
    expect(readCallbackTime(typed, monday, zone).kind).toBe('past')
  })

  test('no typed text makes it throw, and it never returns a time that has passed', () => {
    const parts = fc.constantFrom(
      'tomorrow',
      'fri',
      '10',
      ':',
      '30',
      'pm',
      '明天',
      '周三',
      '下午',
      '三',
      '点',
      '半',
      '后',
      'in',
      '2',
      'h',
      'h30',
      '-',
      '.',
      '/',
      '12',
      'dec',
      ' ',
      'next',
      'week',
      'month',
      'to',
      '月',
      '日',
      'uhr',
      'halb',
      '9999',
      '0',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts, { maxLength: 8 }).map((words) => words.join('')),
          fc.array(parts, { maxLength: 6 }).map((words) => words.join(' ')),
        ),
        (typed) => {
          const told = readCallbackTime(typed, monday, zone)
          return told.kind === 'unclear' || (Number.isSafeInteger(told.at) && (told.kind === 'at') === told.at > monday)
        },
      ),
      { seed: 20_261_130, numRuns: 5000 },
    )
  }, 30_000)
})

describe('where the clock is put forward or back', () => {
  test.each([
    ['Europe/Berlin', { month: 3, day: 28 }, 'tomorrow 10:00', '2026-03-29T10:00'],
    ['Europe/Berlin', { month: 3, day: 28 }, 'tomorrow 02:30', '2026-03-29T03:30'],
    ['Europe/Berlin', { month: 10, day: 24 }, 'morgen 9 Uhr', '2026-10-25T09:00'],
    ['Europe/Berlin', { month: 10, day: 24 }, 'in 2 days', '2026-10-26T14:20'],
    ['Europe/Berlin', { month: 3, day: 27 }, 'next week', '2026-03-30T09:00'],
    ['America/New_York', { month: 3, day: 7 }, 'tomorrow 9', '2026-03-08T09:00'],
    ['America/New_York', { month: 10, day: 31 }, 'tomorrow 9am', '2026-11-01T09:00'],
    ['America/New_York', { month: 10, day: 31 }, 'in a week', '2026-11-07T14:20'],
    ['America/New_York', { month: 10, day: 31 }, '晚上12点', '2026-11-01T00:00'],
  ])('%s, %o: "%s" is %s on the wall', (timeZone, day, typed, means) => {
    const asked = instantAt({ year: 2026, ...day, hour: 14, minute: 20 }, timeZone)
    expect(shownIn(timeZone, callbackTime(typed, asked, timeZone))).toBe(means)
  })

  test('"in N hours" means hours that really pass, whatever the wall clock shows', () => {
    for (const [timeZone, day] of [
      ['Europe/Berlin', { month: 3, day: 29 }],
      ['America/New_York', { month: 11, day: 1 }],
    ] as const) {
      const asked = instantAt({ year: 2026, ...day, hour: 0, minute: 30 }, timeZone)
      expect(callbackTime('in 4 hours', asked, timeZone)).toBe(asked + 4 * 3_600_000)
    }
  })
})

test('a month ahead ends on a day that exists', () => {
  expect([
    addMonths('2026-11-30', 3),
    addMonths('2028-01-31', 1),
    addMonths('2026-12-01', 1),
    addMonths('2026-01-31', -1),
    addMonths('2026-05-15', 24),
  ]).toEqual(['2027-02-28', '2028-02-29', '2027-01-01', '2025-12-31', '2028-05-15'])
  expect([lastOfMonth('2026-02-01'), lastOfMonth('2026-11-30'), addDays('2026-12-31', 1)]).toEqual([
    '2026-02-28',
    '2026-11-30',
    '2027-01-01',
  ])
})

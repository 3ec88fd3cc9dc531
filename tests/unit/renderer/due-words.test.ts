import { expect, test } from 'vitest'
import { createFormats } from '../../../renderer/i18n/formats.ts'

const site = { timeZone: 'Asia/Shanghai', currency: 'CNY' }
/** Monday, 14:20 in Shanghai. */
const now = Date.parse('2026-11-30T14:20:00+08:00')

test.each([
  ['2026-11-30T14:19:40+08:00', '1 min', '1分钟'],
  ['2026-11-30T13:35:00+08:00', '45 mins', '45分钟'],
  ['2026-11-30T09:00:00+08:00', '5 hrs', '5小时'],
  ['2026-11-29T09:00:00+08:00', '1 day', '1天'],
  ['2026-11-28T18:00:00+08:00', '2 days', '2天'],
])('a task that was due at %s is overdue by %s', (dueAt, en, zh) => {
  const at = Date.parse(dueAt)
  expect(createFormats('en', site).span(at, now)).toBe(en)
  expect(createFormats('zh', site).span(at, now)).toBe(zh)
})

test('an instant in this minute was just now', () => {
  expect([
    createFormats('en', site).relative(now - 5000, now),
    createFormats('zh', site).relative(now - 5000, now),
  ]).toEqual(['just now', '刚刚'])
})

import { describe, expect, test } from 'vitest'
import { createFormats } from '../../../renderer/i18n/formats.ts'

const { money, moneyPlain, moneyShort } = createFormats('en', { timeZone: 'Asia/Shanghai', currency: 'CNY' })

test('an amount never shows only one of its two decimals', () => {
  expect([moneyPlain(74_840, 'CNY'), moneyPlain(5_000_000, 'CNY'), moneyPlain(1_240, 'JPY')]).toEqual([
    '¥748.40',
    '¥50,000',
    'JP¥1,240',
  ])
  expect([moneyShort(9_093, 'CNY'), moneyShort(-9_090, 'EUR'), moneyShort(21_400_000, 'CNY')]).toEqual([
    '¥90.93',
    '-€90.90',
    '¥214k',
  ])
  expect(money(9_000, 'CNY')).toBe('¥90.00')
})

test('two currencies are never written alike: only the site’s currency has its bare sign', () => {
  const written = (language: 'en' | 'zh', currency: string) =>
    ['CNY', 'JPY', 'USD', 'HKD', 'EUR'].map((one) =>
      createFormats(language, { timeZone: 'UTC', currency }).moneyPlain(500_000, one),
    )
  expect(written('en', 'CNY')).toEqual(['¥5,000', 'JP¥500,000', 'US$5,000', 'HK$5,000', '€5,000'])
  expect(written('zh', 'USD')).toEqual(['¥5,000', 'JP¥500,000', '$5,000', 'HK$5,000', '€5,000'])
  // In Chinese the yuan has a bare sign everywhere, so beside the yen it is written with its code.
  expect(written('zh', 'JPY').map((text) => text.replace('\u00a0', ' '))).toEqual([
    'CNY 5,000',
    '¥500,000',
    'US$5,000',
    'HK$5,000',
    '€5,000',
  ])
})

const wild = [
  NaN,
  Infinity,
  -Infinity,
  8.64e15,
  -8.64e15,
  8.64e15 + 1,
  Number.MAX_SAFE_INTEGER,
  -Number.MAX_VALUE,
  1e300,
  0,
  -0,
  0.5,
]
const NOW = Date.UTC(2026, 10, 30, 6)

describe.each(['en', 'zh'] as const)('no format fails in %s', (language) => {
  const sites = [
    { timeZone: 'Asia/Shanghai', currency: 'CNY' },
    { timeZone: 'Mars/Olympus', currency: '' },
    { timeZone: '', currency: '人民币' },
    { timeZone: '\uD83D', currency: '\uD83D' },
  ]
  const all = sites.map((site) => createFormats(language, site))
  const says = (text: string) => {
    expect(text).not.toBe('')
    expect(text.length).toBeLessThan(60)
    expect(text).not.toMatch(/NaN|Infinity|∞|Invalid/)
  }

  test.each(wild)('whatever the number: %s', (value) => {
    for (const format of all) {
      for (const name of ['exact', 'clock', 'duration', 'bytes', 'years', 'number'] as const) says(format[name](value))
      for (const name of ['relative', 'moment', 'day', 'promised', 'span'] as const) {
        says(format[name](value, NOW))
        says(format[name](NOW, value))
      }
      for (const name of ['money', 'moneyPlain', 'moneyShort'] as const)
        for (const currency of ['CNY', 'XXX', 'ZZZ', '', '人民币', '\uD83D', 'cny '])
          says(format[name](value, currency))
      expect(() => format.iso(value)).not.toThrow()
    }
  })

  test.each(['2026-02-31', '0000-00-00', 'no date', '\uD83D', '--13-45', '-271821-04-20'])(
    'whatever the date: %s',
    (value) => {
      for (const format of all)
        for (const text of [
          format.date(value),
          format.birthday(value),
          format.dayFromNow(value, NOW),
          format.dayFromNow(value, NaN),
        ])
          says(text)
    },
  )

  test('a text that is no date is shown as it is, and a value that is no number as a dash', () => {
    const [format] = all
    expect([
      format!.date('no date'),
      format!.birthday('--13-45'),
      format!.relative(NaN, NOW),
      format!.money(NaN, 'CNY'),
      format!.duration(Infinity),
    ]).toEqual(['no date', '--13-45', '—', '—', '—'])
    expect(format!.money(12_345, 'nonsense')).toBe('123.45 nonsense')
  })

  test('a time zone that this machine does not know counts as UTC', () => {
    expect(createFormats(language, { timeZone: 'Mars/Olympus', currency: 'CNY' }).clock(NOW)).toBe('06:00')
  })
})

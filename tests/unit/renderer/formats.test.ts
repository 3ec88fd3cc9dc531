import { expect, test } from 'vitest'
import { createFormats } from '../../../renderer/i18n/formats.ts'

const { money, moneyPlain, moneyShort } = createFormats('en', { timeZone: 'Asia/Shanghai', currency: 'CNY' })

test('an amount never shows half of its small change', () => {
  expect([moneyPlain(74_840, 'CNY'), moneyPlain(5_000_000, 'CNY'), moneyPlain(1_240, 'JPY')]).toEqual(['¥748.40', '¥50,000', 'JP¥1,240'])
  expect([moneyShort(9_093, 'CNY'), moneyShort(-9_090, 'EUR'), moneyShort(21_400_000, 'CNY')]).toEqual(['¥90.93', '-€90.90', '¥214k'])
  expect(money(9_000, 'CNY')).toBe('¥90.00')
})

test('two currencies are never written alike: only that of the site has its bare sign', () => {
  const written = (language: 'en' | 'zh', currency: string) =>
    ['CNY', 'JPY', 'USD', 'HKD', 'EUR'].map((one) => createFormats(language, { timeZone: 'UTC', currency }).moneyPlain(500_000, one))
  expect(written('en', 'CNY')).toEqual(['¥5,000', 'JP¥500,000', 'US$5,000', 'HK$5,000', '€5,000'])
  expect(written('zh', 'USD')).toEqual(['¥5,000', 'JP¥500,000', '$5,000', 'HK$5,000', '€5,000'])
  // In Chinese the sign of the yuan is bare everywhere, so beside the yen it is written by its code.
  expect(written('zh', 'JPY').map((text) => text.replace('\u00a0', ' '))).toEqual(['CNY 5,000', '¥500,000', 'US$5,000', 'HK$5,000', '€5,000'])
})

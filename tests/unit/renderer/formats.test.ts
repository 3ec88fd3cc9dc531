import { expect, test } from 'vitest'
import { createFormats } from '../../../renderer/i18n/formats.ts'

const { money, moneyPlain, moneyShort } = createFormats('en', { timeZone: 'Asia/Shanghai' })

test('an amount never shows half of its small change', () => {
  expect([moneyPlain(74_840, 'CNY'), moneyPlain(5_000_000, 'CNY'), moneyPlain(1_240, 'JPY')]).toEqual(['¥748.40', '¥50,000', '¥1,240'])
  expect([moneyShort(9_093, 'CNY'), moneyShort(-9_090, 'EUR'), moneyShort(21_400_000, 'CNY')]).toEqual(['¥90.93', '-€90.90', '¥214k'])
  expect(money(9_000, 'CNY')).toBe('¥90.00')
})

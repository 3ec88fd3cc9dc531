import { describe, expect, test } from 'vitest'
import { readAmount, readQuantity } from '../../../domain/money/read-amount.ts'
import { createFormats } from '../../../renderer/i18n/formats.ts'

const shown = (typed: string, currency: string) => {
  const read = readAmount(typed, currency)
  return read.ok ? read.value : read.problem.kind
}

describe('a price as people write it', () => {
  test.each([
    ['182', 'CNY', 18_200],
    ['182.5', 'CNY', 18_250],
    ['182.50', 'CNY', 18_250],
    ['182,50', 'CNY', 18_250],
    ['182,5', 'CNY', 18_250],
    ['12,50', 'CNY', 1250],
    ['0.5', 'CNY', 50],
    ['0,50', 'CNY', 50],
    ['.5', 'CNY', 50],
    ['182.', 'CNY', 18_200],
    ['1,820', 'CNY', 182_000],
    ['1,820.00', 'CNY', 182_000],
    ['1,000', 'CNY', 100_000],
    ['1 000', 'CNY', 100_000],
    ['1\u00a0000', 'CNY', 100_000],
    ['1\u202f000,50', 'EUR', 100_050],
    ["1'000.50", 'CHF', 100_050],
    ['1’000', 'CHF', 100_000],
    ['1.000,50', 'CNY', 100_050],
    ['1.000,50', 'EUR', 100_050],
    ['1.234.567', 'EUR', 123_456_700],
    ['1,234,567.89', 'USD', 123_456_789],
    ['1.234.567,89', 'EUR', 123_456_789],
    ['182,-', 'EUR', 18_200],
    ['0', 'CNY', 0],
    ['00182', 'CNY', 18_200],
    ['182.500', 'KWD', 182_500],
    ['１８２', 'CNY', 18_200],
    ['１，０００．５０', 'CNY', 100_050],
    ['１８２。５', 'CNY', 18_250],
    ['٣٤٥', 'CNY', 34_500],
    ['\u200e182\u200f', 'CNY', 18_200],
    ['182元', 'CNY', 18_200],
    ['182块', 'CNY', 18_200],
    ['182块钱', 'CNY', 18_200],
    ['182元5角', 'CNY', 18_250],
    ['182块5', 'CNY', 18_250],
    ['1.5万', 'CNY', 1_500_000],
    ['2k', 'CNY', 200_000],
    ['¥182', 'CNY', 18_200],
    ['￥182', 'CNY', 18_200],
    ['¥ 182', 'CNY', 18_200],
    ['RMB 182', 'CNY', 18_200],
    ['rmb182', 'CNY', 18_200],
    ['182 RMB', 'CNY', 18_200],
    ['CNY 182', 'CNY', 18_200],
    ['182cny', 'CNY', 18_200],
    ['人民币182元', 'CNY', 18_200],
    ['CN¥182', 'CNY', 18_200],
    ['¥182元', 'CNY', 18_200],
    ['¥1820', 'JPY', 1820],
    ['￥1,820', 'JPY', 1820],
    ['1820円', 'JPY', 1820],
    ['1820日元', 'JPY', 1820],
    ['JP¥1820', 'JPY', 1820],
    ['1820.00', 'JPY', 1820],
    ['JPY 1 820', 'JPY', 1820],
    ['₩1,820', 'KRW', 1820],
    ['$182', 'USD', 18_200],
    ['US$182', 'USD', 18_200],
    ['182 USD', 'USD', 18_200],
    ['182美元', 'USD', 18_200],
    ['HK$182', 'HKD', 18_200],
    ['$182', 'HKD', 18_200],
    ['182元', 'HKD', 18_200],
    ['€182', 'EUR', 18_200],
    ['182 €', 'EUR', 18_200],
    ['£182', 'GBP', 18_200],
    ['CHF 182', 'CHF', 18_200],
    ['Fr. 182', 'CHF', 18_200],
    ['182 kr', 'SEK', 18_200],
    ['1.234', 'KWD', 1234],
    ['1.5', 'KWD', 1500],
    ['KWD 1,234.567', 'KWD', 1_234_567],
    ['999999999.99', 'CNY', 99_999_999_999],
  ])('"%s" in %s is %d', (typed, currency, minor) => {
    expect(shown(typed, currency)).toBe(minor)
  })

  test.each([
    ['$894', 'CNY', '$'],
    ['€182', 'CNY', '€'],
    ['182€', 'CNY', '€'],
    ['HK$182', 'CNY', 'HK$'],
    ['US$182', 'CNY', 'US$'],
    ['USD 5', 'CNY', 'USD'],
    ['5 usd', 'CNY', 'usd'],
    ['£5', 'CNY', '£'],
    ['₩5', 'CNY', '₩'],
    ['＄894', 'CNY', '$'],
    ['NT$5', 'CNY', 'NT$'],
    ['5円', 'CNY', '円'],
    ['日元5', 'CNY', '日元'],
    ['JPY 5', 'CNY', 'JPY'],
    ['5美元', 'CNY', '美元'],
    ['5欧元', 'CNY', '欧元'],
    ['港币5', 'CNY', '港币'],
    ['5 dollars', 'CNY', 'dollars'],
    ['₹5', 'CNY', '₹'],
    ['5 EUR', 'CNY', 'EUR'],
    ['CHF 5', 'CNY', 'CHF'],
    ['₿5', 'CNY', '₿'],
    ['5 kr', 'CNY', 'kr'],
    ['5 zł', 'CNY', 'zł'],
    ['R$ 5', 'CNY', 'R$'],
    ['﷼5', 'CNY', 'ریال'],
    ['¥182', 'EUR', '¥'],
    ['182元', 'EUR', '元'],
    ['182元', 'JPY', '元'],
    ['182円', 'CNY', '円'],
    ['US$182', 'HKD', 'US$'],
    ['HK$182', 'USD', 'HK$'],
    ['RMB 182', 'JPY', 'RMB'],
    ['$5', 'EUR', '$'],
    ['¢5', 'CNY', '¢'],
    ['CA$5', 'USD', 'CA$'],
    ['¥5 USD', 'CNY', 'USD'],
  ])('"%s" on a product in %s is refused, and the refusal names its sign', (typed, currency, sign) => {
    const read = readAmount(typed, currency)
    expect(read).toMatchObject({ ok: false, problem: { kind: 'foreign', currency } })
    expect(!read.ok && read.problem.kind === 'foreign' && read.problem.sign.normalize('NFKC')).toBe(
      sign.normalize('NFKC'),
    )
  })

  test.each([
    ['1.000', 'CNY', ['1000', '1.00']],
    ['1.000', 'EUR', ['1000', '1.00']],
    ['182.505', 'CNY', ['182505', '182.50']],
    ['1,82', 'CNY', ['1820', '1.82']],
    ['1,500', 'KWD', ['1500', '1.500']],
    ['1.820', 'JPY', ['1820', '1']],
  ])('"%s" in %s can be read in two ways, and the refusal names both', (typed, currency, ways) => {
    expect(readAmount(typed, currency)).toEqual({ ok: false, problem: { kind: 'either', ways } })
  })

  test.each([
    ['18.5', 'JPY', 'decimals'],
    ['1820.50', 'JPY', 'decimals'],
    ['182.5055', 'CNY', 'decimals'],
    ['1.2345', 'KWD', 'decimals'],
    ['0.005', 'CNY', 'decimals'],
    ['9999999999', 'CNY', 'tooLarge'],
    ['1000000000', 'CNY', 'tooLarge'],
    ['100000万', 'CNY', 'tooLarge'],
    ['9'.repeat(50), 'CNY', 'tooLarge'],
    ['', 'CNY', 'unreadable'],
    [' ', 'CNY', 'unreadable'],
    ['abc', 'CNY', 'unreadable'],
    ['¥', 'CNY', 'unreadable'],
    ['-5', 'CNY', 'unreadable'],
    ['−5', 'CNY', 'unreadable'],
    ['(5)', 'CNY', 'unreadable'],
    ['+5', 'CNY', 'unreadable'],
    ['5-6', 'CNY', 'unreadable'],
    ['5 6', 'CNY', 'unreadable'],
    ['1e5', 'CNY', 'unreadable'],
    ['0x10', 'CNY', 'unreadable'],
    ['182/kg', 'CNY', 'unreadable'],
    ['182 per kg', 'CNY', 'unreadable'],
    ['about 182', 'CNY', 'unreadable'],
    ['1,00,000', 'CNY', 'unreadable'],
    ['1,2,3', 'CNY', 'unreadable'],
    ['1.2.3', 'CNY', 'unreadable'],
    ['1,000.000,00', 'CNY', 'unreadable'],
    ['..5', 'CNY', 'unreadable'],
    ['NaN', 'CNY', 'unreadable'],
    ['Infinity', 'CNY', 'unreadable'],
    ['10%', 'CNY', 'unreadable'],
  ])('"%s" in %s is not taken: %s', (typed, currency, kind) => {
    expect(shown(typed, currency)).toBe(kind)
  })

  test.each(['CNY', 'JPY', 'USD', 'EUR', 'HKD', 'TWD', 'KWD', 'KRW', 'GBP', 'CHF', 'SEK', 'INR', 'BRL', 'PLN'])(
    'the text that a screen shows for %s is read back as the same amount',
    (currency) => {
      for (const language of ['en', 'zh'] as const) {
        for (const site of ['CNY', 'JPY', 'USD', 'EUR']) {
          const formats = createFormats(language, { timeZone: 'Asia/Shanghai', currency: site })
          for (const minor of [0, 7, 18_250, 182_000, 123_456_789]) {
            const text = formats.moneyPlain(minor, currency)
            expect([text, shown(formats.money(minor, currency), currency)]).toEqual([text, minor])
            expect([text, shown(text, currency)]).toEqual([text, minor])
          }
        }
      }
    },
  )
})

describe('a quantity as people write it', () => {
  test.each([
    ['1', 1],
    ['1000', 1000],
    ['1,000', 1000],
    ['1 000', 1000],
    ['1\u00a0000', 1000],
    ["1'000", 1000],
    ['1,000,000', 1_000_000],
    ['1.000.000', 1_000_000],
    ['１０００', 1000],
    ['１，０００', 1000],
    ['٣٤', 34],
    ['1,000 pcs', 1000],
    ['1000件', 1000],
    ['12 个', 12],
    ['1万', 10_000],
    ['1.5万', 15_000],
    ['2k', 2000],
    ['2.0', 2],
    ['007', 7],
    ['9999999', 9_999_999],
  ])('"%s" is %d', (typed, count) => {
    expect(readQuantity(typed)).toEqual({ ok: true, value: count })
  })

  test.each([
    ['', 'unreadable'],
    ['0', 'unreadable'],
    ['-1', 'unreadable'],
    ['1.5', 'unreadable'],
    ['1,5', 'unreadable'],
    ['1.000', 'either'],
    ['ten', 'unreadable'],
    ['5 kg', 'unreadable'],
    ['1-2', 'unreadable'],
    ['1e3', 'unreadable'],
    ['10000000', 'tooLarge'],
    ['9'.repeat(40), 'tooLarge'],
    ['¥5', 'unreadable'],
    ['1,00', 'either'],
  ])('"%s" is not taken: %s', (typed, kind) => {
    expect(readQuantity(typed)).toMatchObject({ ok: false, problem: { kind } })
  })
})

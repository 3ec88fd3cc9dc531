/**
 * What people write for a currency, besides its code and the signs that `Intl` knows: in lower case, with full-width
 * signs as ASCII.
 */
const written: readonly (readonly [sign: string, ...currencies: string[]])[] = [
  ['¥', 'CNY', 'JPY'],
  ['元', 'CNY', 'TWD', 'HKD', 'MOP'],
  ['块', 'CNY', 'TWD', 'HKD', 'MOP'],
  ['塊', 'CNY', 'TWD', 'HKD', 'MOP'],
  ['块钱', 'CNY'],
  ['元人民币', 'CNY'],
  ['人民币', 'CNY'],
  ['人民幣', 'CNY'],
  ['rmb', 'CNY'],
  ['yuan', 'CNY'],
  ['kuai', 'CNY'],
  ['cn¥', 'CNY'],
  ['圆', 'CNY', 'JPY'],
  ['円', 'JPY'],
  ['日元', 'JPY'],
  ['日圆', 'JPY'],
  ['日円', 'JPY'],
  ['yen', 'JPY'],
  ['jp¥', 'JPY'],
  [
    '$',
    'USD',
    'CAD',
    'AUD',
    'HKD',
    'SGD',
    'NZD',
    'TWD',
    'MXN',
    'ARS',
    'CLP',
    'COP',
    'BBD',
    'BMD',
    'BSD',
    'BZD',
    'FJD',
    'JMD',
    'NAD',
    'SBD',
    'TTD',
    'XCD',
    'BND',
    'GYD',
    'KYD',
    'LRD',
    'SRD',
    'UYU',
  ],
  ['dollar', 'USD', 'CAD', 'AUD', 'HKD', 'SGD', 'NZD', 'TWD'],
  ['dollars', 'USD', 'CAD', 'AUD', 'HKD', 'SGD', 'NZD', 'TWD'],
  ['us$', 'USD'],
  ['u$s', 'USD'],
  ['$us', 'USD'],
  ['美元', 'USD'],
  ['美金', 'USD'],
  ['刀', 'USD'],
  ['hk$', 'HKD'],
  ['港元', 'HKD'],
  ['港币', 'HKD'],
  ['港幣', 'HKD'],
  ['nt$', 'TWD'],
  ['ntd', 'TWD'],
  ['新台币', 'TWD'],
  ['新台幣', 'TWD'],
  ['台币', 'TWD'],
  ['台幣', 'TWD'],
  ['s$', 'SGD'],
  ['sg$', 'SGD'],
  ['新元', 'SGD'],
  ['新币', 'SGD'],
  ['a$', 'AUD'],
  ['au$', 'AUD'],
  ['澳元', 'AUD'],
  ['澳币', 'AUD'],
  ['c$', 'CAD'],
  ['ca$', 'CAD'],
  ['can$', 'CAD'],
  ['加元', 'CAD'],
  ['加币', 'CAD'],
  ['nz$', 'NZD'],
  ['纽元', 'NZD'],
  ['mx$', 'MXN'],
  ['mex$', 'MXN'],
  ['r$', 'BRL'],
  ['mop$', 'MOP'],
  ['澳门元', 'MOP'],
  ['€', 'EUR'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['欧元', 'EUR'],
  ['歐元', 'EUR'],
  ['£', 'GBP'],
  ['₤', 'GBP'],
  ['pound', 'GBP'],
  ['pounds', 'GBP'],
  ['quid', 'GBP'],
  ['英镑', 'GBP'],
  ['英鎊', 'GBP'],
  ['₩', 'KRW'],
  ['won', 'KRW'],
  ['원', 'KRW'],
  ['韩元', 'KRW'],
  ['韩币', 'KRW'],
  ['₹', 'INR'],
  ['rs', 'INR', 'PKR', 'LKR', 'NPR'],
  ['rs.', 'INR', 'PKR', 'LKR', 'NPR'],
  ['卢比', 'INR'],
  ['₽', 'RUB'],
  ['руб', 'RUB'],
  ['руб.', 'RUB'],
  ['р.', 'RUB'],
  ['卢布', 'RUB'],
  ['฿', 'THB'],
  ['泰铢', 'THB'],
  ['₫', 'VND'],
  ['đ', 'VND'],
  ['越南盾', 'VND'],
  ['₺', 'TRY'],
  ['tl', 'TRY'],
  ['₴', 'UAH'],
  ['zł', 'PLN'],
  ['zl', 'PLN'],
  ['fr.', 'CHF'],
  ['sfr', 'CHF'],
  ['sfr.', 'CHF'],
  ['瑞士法郎', 'CHF'],
  ['kr', 'SEK', 'NOK', 'DKK', 'ISK'],
  ['kr.', 'SEK', 'NOK', 'DKK', 'ISK'],
  ['kč', 'CZK'],
  ['ft', 'HUF'],
  ['₪', 'ILS'],
  ['₱', 'PHP'],
  ['比索', 'MXN', 'PHP', 'ARS', 'CLP', 'COP'],
  ['rp', 'IDR'],
  ['印尼盾', 'IDR'],
  ['rm', 'MYR'],
  ['令吉', 'MYR'],
  ['₦', 'NGN'],
  ['₸', 'KZT'],
  ['د.إ', 'AED'],
  ['迪拉姆', 'AED'],
  ['﷼', 'SAR', 'IRR', 'OMR', 'QAR', 'YER'],
  ['ریال', 'SAR', 'IRR', 'OMR', 'QAR', 'YER'],
  ['₿'],
]
const currenciesOf = new Map(written.map(([sign, ...currencies]) => [sign, currencies] as const))

const locales = ['en-US', 'en-GB', 'zh-CN', 'de-DE', 'ja-JP'] as const
/** The signs that the screens themselves show for a currency: "CN¥", "JP¥", "US$". */
const shownFor = (currency: string): string[] =>
  locales.flatMap((locale) =>
    (['symbol', 'narrowSymbol'] as const).map(
      (currencyDisplay) =>
        formatOf(locale, currency, currencyDisplay)
          ?.formatToParts(0)
          .find(({ type }) => type === 'currency')
          ?.value.toLowerCase() ?? '',
    ),
  )

/** Null for a code that is not a currency: `Intl` throws for such a code, and a row may hold any code. */
function formatOf(
  locale: string,
  currency: string,
  currencyDisplay: 'symbol' | 'narrowSymbol',
): Intl.NumberFormat | null {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
  } catch {
    return null
  }
}

/**
 * Whether the text beside an amount is a sign of this currency, a sign of another currency, or no sign of money.
 * @param mark what was typed, in lower case and without digits
 */
export function whatMark(mark: string, currency: string): 'ours' | 'foreign' | 'unknown' {
  if (
    mark === currency.toLowerCase() ||
    currenciesOf.get(mark)?.includes(currency) ||
    shownFor(currency).includes(mark)
  )
    return 'ours'
  if (currenciesOf.has(mark) || /\p{Sc}/u.test(mark)) return 'foreign'
  return /^[a-z]{3}$/.test(mark) && Intl.supportedValuesOf('currency').includes(mark.toUpperCase())
    ? 'foreign'
    : 'unknown'
}

/**
 * The number of decimals of a currency's minor unit: 2 for CNY, 0 for JPY, 3 for KWD, and 2 for a code that is not a
 * currency.
 */
export const minorDigits = (currency: string): number =>
  formatOf('en', currency, 'symbol')?.resolvedOptions().maximumFractionDigits ?? 2

import { minorDigits } from '../../i18n/formats.ts'

/** A typed price as minor units of its currency: "182", "182.50", "1,820.00", "¥182". Null where it is none. */
export function parseAmount(typed: string, currency: string): number | null {
  const text = typed.trim().replace(/^(?:[A-Z]{3}|[A-Z]{0,2}[¥￥$€£])\s*/i, '').replace(/，/g, ',').replace(/。/g, '.')
  if (!/^(\d{1,3}(,\d{3})+|\d{1,9})(\.\d+)?$/.test(text)) return null
  const digits = minorDigits(currency)
  const [whole = '', fraction = ''] = text.replaceAll(',', '').split('.')
  if (fraction.length > digits) return null
  return Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || 0)
}

/** A typed quantity, at least one. */
export function parseQuantity(typed: string): number | null {
  const text = typed.trim()
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null
}

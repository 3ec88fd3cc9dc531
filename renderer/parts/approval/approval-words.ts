import type { ApprovalItem } from '../../../protocol/workstation.ts'
import type { Words } from '../../i18n/use-words.ts'
import { productName } from '../record/product-name.ts'

/**
 * Names the price that waits for approval: "PX-9 ¥170.00 · Polycarbonate resin", with "+ 2" where the quote has more
 * lines.
 */
export function askedWords(
  { quote, products }: Pick<ApprovalItem, 'quote' | 'products'>,
  { formats, language }: Words,
): string {
  const [line] = quote.lines
  if (!line) return ''
  const others = quote.lines.length - 1
  return `${line.sku} ${formats.money(line.unitPriceMinor, quote.currency)}${others > 0 ? ` + ${others}` : ''} · ${productName(line, products, language)}`
}

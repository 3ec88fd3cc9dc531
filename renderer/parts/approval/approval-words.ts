import type { ApprovalItem } from '../../../protocol/workstation.ts'
import type { Words } from '../../i18n/use-words.ts'

/** Names the price that waits for approval: "PX-9 ¥170.00", with "+ 2" where the quote has more lines. */
export function askedWords({ quote }: Pick<ApprovalItem, 'quote'>, { formats }: Words): string {
  const [line] = quote.lines
  if (!line) return ''
  const others = quote.lines.length - 1
  return `${line.sku} ${formats.money(line.unitPriceMinor, quote.currency)}${others > 0 ? ` + ${others}` : ''}`
}

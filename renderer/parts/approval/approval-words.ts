import type { ApprovalItem } from '../../../protocol/workstation.ts'
import type { Words } from '../../i18n/use-words.ts'

/** What a price that was asked for is, in few words: "PX-9 ¥170.00", with "+ 2" where it is not the only one. */
export function askedWords({ quote }: Pick<ApprovalItem, 'quote'>, { formats }: Words): string {
  const [line] = quote.lines
  if (!line) return ''
  const others = quote.lines.length - 1
  return `${line.sku} ${formats.money(line.unitPriceMinor, quote.currency)}${others > 0 ? ` + ${others}` : ''}`
}

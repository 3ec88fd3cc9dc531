import type { CustomerRecord } from '../../../protocol/record.ts'
import type { ScreenLanguage } from '../../i18n/formats.ts'

/** What a line's product is called in the language of the screen; where the product is not known, as it stands on the paper. */
export function productName(line: { readonly productId: string | null; readonly name: string }, products: CustomerRecord['products'], language: ScreenLanguage): string {
  const product = products?.find(({ id }) => id === line.productId)
  if (!product) return line.name
  return language === 'zh' ? (product.nativeName ?? product.name) : product.name
}

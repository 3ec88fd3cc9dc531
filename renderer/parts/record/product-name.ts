import type { ProductName } from '../../../protocol/record.ts'
import type { ScreenLanguage } from '../../i18n/formats.ts'

/**
 * The name of a line's product in the language of the screen; where the product is not known, the name on the document.
 */
export function productName(
  line: { readonly productId: string | null; readonly name: string },
  products: readonly ProductName[] | undefined,
  language: ScreenLanguage,
): string {
  const product = products?.find(({ id }) => id === line.productId)
  if (!product) return line.name
  return language === 'zh' ? (product.nativeName ?? product.name) : product.name
}

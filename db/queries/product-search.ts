import { foldText } from '../../domain/search-text.ts'
import type { Product } from '../../protocol/entities.ts'
import type { ReadableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { codecs, decodeRow } from '../rows/codec.ts'
import { pinyinWords } from '../search/pinyin-words.ts'

/**
 * Finds products on sale by number or name (also by pinyin); those that begin with the text come first. A price list is
 * short, so all of it is read.
 */
export function searchProducts(db: ReadableDb, text: string, limit: number): Product[] {
  const wanted = foldText(text)
  const products = db
    .all<AnyRow>(`SELECT ${codecs.product.select} FROM "product" WHERE "active" = 1 ORDER BY "sku"`)
    .map((row) => decodeRow('product', row))
  const rank = (product: Product) => {
    const texts = [product.sku, product.name, product.nativeName ?? '', pinyinWords(product.nativeName ?? '')].map(
      foldText,
    )
    if (texts.some((candidate) => candidate.startsWith(wanted))) return 0
    return texts.some((candidate) => candidate.includes(wanted)) ? 1 : 2
  }
  return products
    .map((product) => ({ product, rank: rank(product) }))
    .filter((hit) => hit.rank < 2)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map((hit) => hit.product)
}

import type { ProductName } from '../../protocol/record.ts'
import type { ReadableDb } from '../handles.ts'

/** The names of the products in the lines of orders and quotes; a product that this cache does not know is left out. */
export function productNames(
  db: ReadableDb,
  papers: readonly { readonly lines: readonly { readonly productId: string | null }[] }[],
): ProductName[] {
  const ids = new Set(papers.flatMap(({ lines }) => lines.flatMap(({ productId }) => productId ?? [])))
  return [...ids].flatMap(
    (id) => db.get<ProductName>('SELECT "id", "name", "nativeName" FROM "product" WHERE "id" = ?', id) ?? [],
  )
}

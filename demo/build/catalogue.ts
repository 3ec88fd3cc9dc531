import type { Product, Row } from '../../protocol/entities.ts'
import { Random } from '../random.ts'

export interface Catalogue {
  readonly products: readonly Product[]
  readonly costs: readonly Row<'productCost'>[]
}

const PRODUCTS = 240
const kinds: readonly (readonly [code: string, name: string, native: string])[] = [
  ['PX', 'Profile panel', '型材面板'],
  ['MB', 'Moulding base', '模压底座'],
  ['LC', 'Lacquer can', '漆罐'],
  ['HG', 'Hinge set', '铰链套装'],
  ['LT', 'Light track', '灯轨'],
  ['CB', 'Cabinet body', '柜体'],
  ['GL', 'Glass front', '玻璃面'],
  ['SL', 'Seal strip', '密封条'],
  ['KD', 'Knob, drawn', '拉手'],
  ['FB', 'Fabric roll', '布卷'],
  ['DS', 'Disc set', '唱片套装'],
  ['BK', 'Bracket', '支架'],
]
const finishes: readonly (readonly [name: string, native: string])[] = [
  ['oak', '橡木'],
  ['white', '白色'],
  ['steel', '钢'],
  ['matt black', '哑光黑'],
  ['walnut', '胡桃木'],
  ['clear', '透明'],
]

/**
 * The catalogue of the demo company: a list price, a floor 4 to 12 % below it, and a cost below that. Money is in CNY
 * fen.
 */
export function buildCatalogue(seed: string, madeAt: number): Catalogue {
  const random = new Random(seed, 'catalogue')
  const products: Product[] = []
  const costs: Row<'productCost'>[] = []
  for (let i = 0; i < PRODUCTS; i++) {
    const [code, name, native] = kinds[i % kinds.length]!
    const [finish, nativeFinish] = finishes[Math.floor(i / kinds.length) % finishes.length]!
    const listPriceMinor = Math.round(30 + 900 * random.next() ** 2) * 100
    const floorPriceMinor = Math.round((listPriceMinor * (0.88 + 0.08 * random.next())) / 50) * 50
    const id = random.uuid(madeAt)
    products.push({
      id,
      sku: `${code}-${Math.floor(i / kinds.length) + 1}`,
      name: `${name}, ${finish}`,
      nativeName: `${native}（${nativeFinish}）`,
      unit: 'pc',
      currency: 'CNY',
      listPriceMinor,
      floorPriceMinor,
      active: i % 29 !== 28,
      version: 1,
      scope: 'org',
    })
    costs.push({
      id,
      currency: 'CNY',
      unitCostMinor: Math.round(floorPriceMinor * (0.55 + 0.3 * random.next())),
      version: 1,
      scope: 'finance',
    })
  }
  return { products, costs }
}

/**
 * The name of a product on a customer's documents: a line keeps the name that was written on the document, in the
 * customer's language, whatever the language of the screen.
 */
export const nameOnPaper = ({ name, nativeName }: Product, country: string | null): string =>
  country === 'CN' ? (nativeName ?? name) : name

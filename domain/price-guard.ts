import type { Customer, Product, Quote } from '../protocol/entities.ts'
import type { CustomerId } from '../protocol/scalars.ts'

export interface PriceCheck {
  /** What the price is held against: what this customer was told last, lapsed or not, else the list. */
  readonly reference: { readonly kind: 'told' | 'list'; readonly unitPriceMinor: number }
  readonly deviates: boolean
  readonly belowFloor: boolean
}

/** Whose quotes a price for a customer is held against: their own and their organisation's, which are one buyer. */
export const pricedAs = ({ id, organisationId }: Customer): readonly CustomerId[] => (organisationId ? [id, organisationId] : [id])

/** Those of these quotes that a price for a customer is held against. */
export const toldTo = (customer: Customer, quotes: readonly Quote[]): readonly Quote[] =>
  quotes.filter((quote) => pricedAs(customer).includes(quote.customerId))

/** The newest price told to this customer for a product, from quotes of any colleague that were neither rejected nor replaced; null if never. */
export function lastTold(quotes: readonly Quote[], productId: string): { quote: Quote; unitPriceMinor: number } | null {
  let newest: { quote: Quote; unitPriceMinor: number } | null = null
  for (const quote of quotes) {
    if (quote.status === 'rejected' || quote.status === 'superseded') continue
    const line = quote.lines.find((l) => l.productId === productId)
    if (line && (!newest || quote.issuedAt > newest.quote.issuedAt)) newest = { quote, unitPriceMinor: line.unitPriceMinor }
  }
  return newest
}

/** Holds a price (minor units of the product's currency) against what the customer was told, the list and the floor. */
export function checkPrice(unitPriceMinor: number, product: Product, quotesOfCustomer: readonly Quote[]): PriceCheck {
  const told = lastTold(quotesOfCustomer.filter((q) => q.currency === product.currency), product.id)
  const reference = told
    ? ({ kind: 'told', unitPriceMinor: told.unitPriceMinor } as const)
    : ({ kind: 'list', unitPriceMinor: product.listPriceMinor } as const)
  return {
    reference,
    deviates: unitPriceMinor !== reference.unitPriceMinor,
    belowFloor: unitPriceMinor < product.floorPriceMinor,
  }
}

import type { Customer, Product, Quote } from '../protocol/entities.ts'
import type { CustomerId } from '../protocol/scalars.ts'

/** A price as it was told or listed, per unit of the product. */
export interface UnitPrice {
  readonly unitPriceMinor: number
  readonly currency: string
}

export interface PriceCheck {
  /** What the price is held against: what this buyer was told last, lapsed or not, else the list. */
  readonly reference: UnitPrice & { readonly kind: 'told' | 'list' }
  readonly deviates: boolean
  readonly belowFloor: boolean
}

/** Quotes of these states bind nobody: what they said was turned down, or replaced by what another says. */
export const saysNothing: readonly Quote['status'][] = ['rejected', 'superseded']

/** Quotes of these approvals were never told: they wait for it, or were refused it. */
export const neverTold: readonly Quote['approval'][] = ['needed', 'refused']

/** Whether the customer was told this quote: a price below the floor only once it was granted. */
export const wasTold = ({ approval }: Pick<Quote, 'approval'>): boolean => !neverTold.includes(approval)

/** Whether a price waits for somebody to grant or refuse it. */
export const waitsForApproval = ({ status, approval }: Pick<Quote, 'status' | 'approval'>): boolean => status === 'issued' && approval === 'needed'

/** Whether a quote stands and may be answered or replaced. */
export const isOpenQuote = (quote: Pick<Quote, 'status' | 'approval'>): boolean => quote.status === 'issued' && wasTold(quote)

/** Whose open quotes a new one for this customer may replace: their own and their organisation's. */
export const quotedAs = ({ id, organisationId }: Customer): readonly CustomerId[] => (organisationId ? [id, organisationId] : [id])

/**
 * What a quote says that a product costs; null: nothing. Where it says more than one price, a larger quantity for less,
 * it is the lowest, which the buyer will hold against the next.
 */
export function toldIn(quote: Quote, productId: string): UnitPrice | null {
  const prices = quote.lines.filter((l) => l.productId === productId).map((l) => l.unitPriceMinor)
  return prices.length > 0 ? { unitPriceMinor: Math.min(...prices), currency: quote.currency } : null
}

/**
 * Holds a price (minor units of the product's currency) against what the buyer was told last (`Rows.lastTold`,
 * `PriceMemory.heldAgainst`), the list and the floor. What was told in another currency is another price.
 */
export function checkPrice(unitPriceMinor: number, product: Product, told: UnitPrice | null): PriceCheck {
  const reference = told ? ({ kind: 'told', ...told } as const) : ({ kind: 'list', unitPriceMinor: product.listPriceMinor, currency: product.currency } as const)
  return {
    reference,
    deviates: unitPriceMinor !== reference.unitPriceMinor || product.currency !== reference.currency,
    belowFloor: unitPriceMinor < product.floorPriceMinor,
  }
}

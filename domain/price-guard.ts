import type { Customer, Product, Quote } from '../protocol/entities.ts'
import type { CustomerId } from '../protocol/scalars.ts'

/** A price that a customer was told or that is on the list, for one unit of the product. */
export interface UnitPrice {
  readonly unitPriceMinor: number
  readonly currency: string
}

export interface PriceCheck {
  /**
   * The price with which the new one is compared: the one this buyer was told last, expired or not, else the list
   * price.
   */
  readonly reference: UnitPrice & { readonly kind: 'told' | 'list' }
  readonly deviates: boolean
  readonly belowFloor: boolean
}

/** Quotes of these states no longer count: the customer rejected them, or another quote replaced them. */
export const saysNothing: readonly Quote['status'][] = ['rejected', 'superseded']

/** Customers were never told quotes of these approvals: they wait for approval, or it was refused. */
export const neverTold: readonly Quote['approval'][] = ['needed', 'refused']

/** Whether the customer was told this quote. A price below the floor is told only after it was granted. */
export const wasTold = ({ approval }: Pick<Quote, 'approval'>): boolean => !neverTold.includes(approval)

/** Whether a price waits for a user to grant or refuse it. */
export const waitsForApproval = ({ status, approval }: Pick<Quote, 'status' | 'approval'>): boolean =>
  status === 'issued' && approval === 'needed'

/** Whether a quote is open and may be answered or replaced. */
export const isOpenQuote = (quote: Pick<Quote, 'status' | 'approval'>): boolean =>
  quote.status === 'issued' && wasTold(quote)

/** The customers whose open quotes a new quote for this customer may replace: the customer and their organisation. */
export const quotedAs = ({ id, organisationId }: Customer): readonly CustomerId[] =>
  organisationId ? [id, organisationId] : [id]

/**
 * The price that a quote gives for a product; null: none. Where it gives several prices (a larger quantity costs less),
 * the lowest counts, because the buyer will compare the next price with it.
 */
export function toldIn(quote: Quote, productId: string): UnitPrice | null {
  const prices = quote.lines.filter((l) => l.productId === productId).map((l) => l.unitPriceMinor)
  return prices.length > 0 ? { unitPriceMinor: Math.min(...prices), currency: quote.currency } : null
}

/**
 * Compares a price (minor units of the product's currency) with what the buyer was told last (`Rows.lastTold`,
 * `PriceMemory.heldAgainst`), with the list price and with the floor. A price in another currency always counts as
 * different.
 */
export function checkPrice(unitPriceMinor: number, product: Product, told: UnitPrice | null): PriceCheck {
  const reference = told
    ? ({ kind: 'told', ...told } as const)
    : ({ kind: 'list', unitPriceMinor: product.listPriceMinor, currency: product.currency } as const)
  return {
    reference,
    deviates: unitPriceMinor !== reference.unitPriceMinor || product.currency !== reference.currency,
    belowFloor: unitPriceMinor < product.floorPriceMinor,
  }
}

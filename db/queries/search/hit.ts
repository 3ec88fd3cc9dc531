import type { SearchHit } from '../../../protocol/workstation.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'

/**
 * A customer that fits what was typed, and the field that fits. `found` is the text that fits, where it is not the
 * name.
 */
export interface Hit {
  readonly customerId: CustomerId
  readonly foundBy: SearchHit['foundBy']
  readonly found: string | null
}

/** The upper end of an index range that holds every text that begins with `start`. */
export const after = (start: string): string => `${start}\u{10ffff}`

/** First some hits of each kind, in the order of the kinds, so that none crowds out the others; then the rest. */
export function inShares(kinds: readonly (readonly Hit[])[], limit: number): Hit[] {
  const share = Math.ceil(limit / kinds.length)
  return [...kinds.flatMap((hits) => hits.slice(0, share)), ...kinds.flatMap((hits) => hits.slice(share))]
}

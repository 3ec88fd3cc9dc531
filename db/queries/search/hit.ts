import type { SearchHit } from '../../../protocol/workstation.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'

/** A customer that fits what was typed, and by what. `found`: the text that fits, where it is not the name. */
export interface Hit {
  readonly customerId: CustomerId
  readonly foundBy: SearchHit['foundBy']
  readonly found: string | null
}

/** The least text above everything that begins with `start`, for a range on an index. */
export const after = (start: string): string => `${start}\u{10ffff}`

/** Some of each kind first, in their order, so that none crowds the others out; then the rest. */
export function inShares(kinds: readonly (readonly Hit[])[], limit: number): Hit[] {
  const share = Math.ceil(limit / kinds.length)
  return [...kinds.flatMap((hits) => hits.slice(0, share)), ...kinds.flatMap((hits) => hits.slice(share))]
}

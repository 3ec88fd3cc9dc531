/** A row of the contract without its type: what a change holds until it is checked. */
export type AnyRow = Record<string, unknown>

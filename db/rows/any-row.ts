/** A row of the contract without its type, as a change holds it before it is checked. */
export type AnyRow = Record<string, unknown>

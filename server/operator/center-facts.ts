import type { Devices } from './device-states.ts'
import type { LongTransaction } from './long-transactions.ts'
import type { WaitingCommands } from './waiting-commands.ts'

/** The state of the whole server, as the database and this node see it. */
export interface CenterFacts {
  readonly database: { readonly version: string; readonly bytes: number; readonly answeredMs: number }
  readonly feed: {
    readonly epoch: string
    /** The newest number, and below it the lowest one that can be followed. */
    readonly head: number
    readonly floor: number
    /** The time that the feed reaches back to, as far as it is known. */
    readonly since: number | null
    /** How many lines this node has not sent yet. */
    readonly nodeBehind: number
    /** How many committed changes have no number yet, and how long the oldest has waited. */
    readonly pending: number
    readonly pendingMs: number
  }
  readonly snapshots: readonly {
    readonly scopes: string
    readonly builtAt: number | null
    readonly bytes: number
    readonly behind: number
  }[]
  readonly devices: Devices
  readonly commands: WaitingCommands
  /** The node that has the telephones; null: none at this moment. */
  readonly telephones: { readonly node: string; readonly since: number } | null
  readonly longTransactions: readonly LongTransaction[]
}

import type { Devices } from './device-states.ts'
import type { LongTransaction } from './long-transactions.ts'
import type { WaitingCommands } from './waiting-commands.ts'

/** How the center is, as the database and this node see it. */
export interface CenterFacts {
  readonly database: { readonly version: string; readonly bytes: number; readonly answeredMs: number }
  readonly feed: {
    readonly epoch: string
    /** The newest and the lowest number that can be followed. */
    readonly head: number
    readonly floor: number
    /** How far the log reaches back, as well as it is known. */
    readonly since: number | null
    /** Lines that this node has not given out yet. */
    readonly nodeBehind: number
    /** Committed changes without a number, and how long the oldest has waited. */
    readonly pending: number
    readonly pendingMs: number
  }
  readonly snapshots: readonly { readonly scopes: string; readonly builtAt: number | null; readonly bytes: number; readonly behind: number }[]
  readonly devices: Devices
  readonly commands: WaitingCommands
  /** The node that has them; null: none at this moment. */
  readonly telephones: { readonly node: string; readonly since: number } | null
  readonly longTransactions: readonly LongTransaction[]
}

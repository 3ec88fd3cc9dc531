import type { WorkstationBridge } from '../../protocol/bridge.ts'

/**
 * Whether the core of this workstation answers the screens. `notAdmitted`: it does, but lets this window in only with a
 * new address.
 */
export type CoreConnection = 'connecting' | 'connected' | 'gone' | 'notAdmitted'

/** The bridge that screens use: the three verbs, and whether the core is connected. */
export interface ScreenBridge extends WorkstationBridge {
  connection(): CoreConnection
  /** Calls `listener` when `connection()` has changed; returns a function that stops it. */
  onConnection(listener: () => void): () => void
}

import type { WorkstationBridge } from '../../protocol/bridge.ts'

/** Whether the core of this workstation answers the screens; `notAdmitted`: it does, and lets this window in only by its address. */
export type CoreConnection = 'connecting' | 'connected' | 'gone' | 'notAdmitted'

/** The bridge as screens have it: the three verbs and whether there is anybody at the other end. */
export interface ScreenBridge extends WorkstationBridge {
  connection(): CoreConnection
  /** Calls back when `connection()` has changed; returns how to stop. */
  onConnection(listener: () => void): () => void
}

import type { WorkstationBridge } from '../../protocol/bridge.ts'

/** Whether the core of this workstation answers the screens. */
export type CoreConnection = 'connecting' | 'connected' | 'gone'

/** The bridge as screens have it: the three verbs and whether there is anybody at the other end. */
export interface ScreenBridge extends WorkstationBridge {
  connection(): CoreConnection
  /** Calls back when `connection()` has changed; returns how to stop. */
  onConnection(listener: () => void): () => void
}

import { createContext, useContext, useSyncExternalStore } from 'react'
import type { CoreConnection, ScreenBridge } from './screen-bridge.ts'

export const BridgeContext = createContext<ScreenBridge | null>(null)

/** The bridge that the composition root passed in. */
export function useBridge(): ScreenBridge {
  const bridge = useContext(BridgeContext)
  if (!bridge) throw new Error('no bridge above this component')
  return bridge
}

export function useConnection(): CoreConnection {
  const bridge = useBridge()
  return useSyncExternalStore(
    (changed) => bridge.onConnection(changed),
    () => bridge.connection(),
  )
}

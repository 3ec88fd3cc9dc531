import { bridgeClosed, BridgeEntry, type BridgeEntered } from '../../protocol/bridge.ts'
import type { BridgeConnection, FrameSocket } from './bridge-connection.ts'
import type { Passes } from './passes.ts'

export interface BridgeDoorOptions {
  readonly passes: Passes
  /** Given to whoever enters. */
  readonly secret: string
  readonly waitMs: number
  readonly waitingAtMost: number
  /** Begins to serve somebody who entered. */
  readonly open: (socket: FrameSocket) => BridgeConnection
}

/**
 * Before the bridge: who connects says their pass in the first frame or is cut off, and until then nothing is said or
 * done. Where too many stand and wait, the one who has stood longest goes: a page of ours speaks at once.
 */
export function createBridgeDoor({ passes, secret, waitMs, waitingAtMost, open }: BridgeDoorOptions) {
  const waiting = new Map<FrameSocket, NodeJS.Timeout>()

  function leave(socket: FrameSocket): void {
    clearTimeout(waiting.get(socket))
    waiting.delete(socket)
  }
  function turnAway(socket: FrameSocket, code: number): void {
    leave(socket)
    socket.close(code)
  }

  return (socket: FrameSocket): BridgeConnection => {
    const [longest] = waiting.keys()
    if (longest && waiting.size >= waitingAtMost) turnAway(longest, bridgeClosed.tooManyWait)
    waiting.set(socket, setTimeout(() => turnAway(socket, bridgeClosed.saidNothing), waitMs))
    let inside: BridgeConnection | null = null
    return {
      receive: (text) => {
        if (inside) {
          inside.receive(text)
          return
        }
        // Turned away, and its frames are still on their way.
        if (!waiting.has(socket)) return
        if (!passes.admits(passOf(text))) {
          turnAway(socket, bridgeClosed.wrongPass)
          return
        }
        leave(socket)
        socket.send(JSON.stringify({ kind: 'entered', secret } satisfies BridgeEntered))
        inside = open(socket)
      },
      closed: () => {
        leave(socket)
        inside?.closed()
      },
    }
  }
}

const passOf = (text: string): string => {
  try {
    return BridgeEntry.parse(JSON.parse(text)).pass
  } catch {
    return ''
  }
}

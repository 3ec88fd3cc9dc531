import {
  bridgeClosed,
  BridgeEntry,
  BridgeHello,
  BridgeKept,
  type BridgeEntered,
  type BridgeProof,
} from '../../protocol/bridge.ts'
import type { BridgeConnection, FrameSocket } from './bridge-connection.ts'
import { proofOf, provesPass, type Challenge } from './bridge-proof.ts'
import type { Passes } from './passes.ts'

export interface BridgeDoorOptions {
  readonly passes: Passes
  /** The port on which this host listens: a proof is valid only for this port. */
  readonly port: () => number
  readonly newNonce: () => string
  /** Saves the passes for the next start; resolves when they are on the disk. */
  readonly remember: () => Promise<unknown>
  readonly waitMs: number
  readonly waitingAtMost: number
  /** Starts to serve a window that has entered. */
  readonly open: (socket: FrameSocket) => BridgeConnection
}

/** The progress of a window that has not entered yet. */
type Waiting =
  | { readonly at: 'hello' }
  | { readonly at: 'challenged'; readonly pass: string; readonly challenge: Challenge }
  | { readonly at: 'admitted' }

/**
 * Guards the bridge: first the host proves that it knows the window's pass, then the window does, or it is cut off;
 * until then nothing else is sent or done. Where too many windows wait, the one that has waited longest is cut off,
 * because our own pages prove their pass at once.
 */
export function createBridgeDoor({ passes, port, newNonce, remember, waitMs, waitingAtMost, open }: BridgeDoorOptions) {
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
    waiting.set(
      socket,
      setTimeout(() => turnAway(socket, bridgeClosed.saidNothing), waitMs),
    )
    let state: Waiting = { at: 'hello' }
    let inside: BridgeConnection | null = null
    let onKept = () => {}

    /** The challenge that answers a greeting; null where we have no pass with this id. */
    function challengeFor(text: string): Extract<Waiting, { at: 'challenged' }> | null {
      const hello = frame(BridgeHello, text)
      const pass = hello && passes.find(hello.passId)
      return pass
        ? { at: 'challenged', pass, challenge: { port: port(), windowNonce: hello.nonce, hostNonce: newNonce() } }
        : null
    }

    async function letIn(pass: string): Promise<void> {
      const next = passes.admit(pass)
      if (next === null) {
        turnAway(socket, bridgeClosed.wrongPass)
        return
      }
      // A window must not keep a secret that the next start does not know: where it could not be saved (full disk), the
      // window goes on with the secret that it has.
      const secret = (await isWritten(remember())) || !passes.isOfBrowser(pass) ? next : pass
      if (!waiting.has(socket)) return
      onKept = () => {
        if (secret === pass) return
        passes.kept(pass, secret)
        void isWritten(remember())
      }
      leave(socket)
      socket.send(JSON.stringify({ kind: 'entered', secret } satisfies BridgeEntered))
      inside = open(socket)
    }

    return {
      receive: (text) => {
        if (inside) {
          if (frame(BridgeKept, text)) onKept()
          else inside.receive(text)
          return
        }
        // The window was turned away, and some of its frames arrive late.
        if (!waiting.has(socket)) return
        if (state.at === 'hello') {
          const next = challengeFor(text)
          if (!next) {
            turnAway(socket, bridgeClosed.wrongPass)
            return
          }
          state = next
          socket.send(
            JSON.stringify({
              kind: 'proof',
              nonce: next.challenge.hostNonce,
              mac: proofOf('host', next.pass, next.challenge),
            } satisfies BridgeProof),
          )
          return
        }
        const entry = frame(BridgeEntry, text)
        if (state.at !== 'challenged' || !entry || !provesPass(entry.mac, 'window', state.pass, state.challenge)) {
          turnAway(socket, bridgeClosed.wrongPass)
          return
        }
        const { pass } = state
        state = { at: 'admitted' }
        void letIn(pass)
      },
      closed: () => {
        leave(socket)
        inside?.closed()
      },
    }
  }
}

const isWritten = (writing: Promise<unknown>): Promise<boolean> =>
  writing.then(
    () => true,
    () => false,
  )

/** Reads a frame of this form; null where it has another form. */
function frame<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  text: string,
): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

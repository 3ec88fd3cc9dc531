import { randomBytes } from 'node:crypto'
import { passIdOf, proofOf, provesPass } from '../../main/host/bridge-proof.ts'
import { until } from './until.ts'

/** The browser's end of a host's bridge, with any origin and any first message. */
export interface BridgeClient {
  readonly frames: Record<string, unknown>[]
  readonly closedWith: () => number | undefined
  say(frame: unknown): void
  /** The first frame of this kind, or the code with which the bridge was closed. */
  hears(kind: string): Promise<Record<string, unknown> | number>
  /** Performs the whole entry with a pass. Returns the pass to keep, or the code with which the bridge was closed. */
  enter(pass: string): Promise<string | number>
  close(): void
}

export async function openBridge(port: number, origin = `http://127.0.0.1:${port}`): Promise<BridgeClient> {
  // Node's own WebSocket accepts headers, which the browsers' types do not have.
  const socket = new (WebSocket as unknown as new (url: string, options: object) => WebSocket)(
    `ws://127.0.0.1:${port}/bridge`,
    { headers: { origin } },
  )
  const frames: Record<string, unknown>[] = []
  let closedWith: number | undefined
  socket.addEventListener('message', (event) => {
    frames.push(JSON.parse(String(event.data)) as Record<string, unknown>)
  })
  socket.addEventListener('close', ({ code }) => {
    closedWith = code
  })
  socket.addEventListener('error', () => undefined)
  await until(() => socket.readyState === WebSocket.OPEN || closedWith !== undefined, 'the socket')
  const hears = (kind: string) =>
    until(() => frames.find((frame) => frame['kind'] === kind) ?? closedWith, `${kind} or the end`)
  const say = (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  return {
    frames,
    enter: async (pass) => {
      const windowNonce = randomBytes(32).toString('base64url')
      say({ verb: 'hello', passId: passIdOf(pass), nonce: windowNonce })
      const proof = await hears('proof')
      if (typeof proof === 'number') return proof
      const challenge = { port, windowNonce, hostNonce: String(proof['nonce']) }
      if (!provesPass(String(proof['mac']), 'host', pass, challenge)) throw new Error('The host does not prove itself.')
      say({ verb: 'enter', mac: proofOf('window', pass, challenge) })
      const entered = await hears('entered')
      return typeof entered === 'number' ? entered : String(entered['secret'])
    },
    closedWith: () => closedWith,
    say,
    hears,
    close: () => socket.close(),
  }
}

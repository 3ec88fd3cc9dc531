import { until } from './until.ts'

/** The browser's end of a host's bridge, with any origin and any first words. */
export interface BridgeClient {
  readonly frames: Record<string, unknown>[]
  readonly closedWith: () => number | undefined
  say(frame: unknown): void
  /** The frame of this kind that came, or the code the bridge was closed with. */
  hears(kind: string): Promise<Record<string, unknown> | number>
  close(): void
}

export async function openBridge(port: number, origin = `http://127.0.0.1:${port}`): Promise<BridgeClient> {
  // Node's own WebSocket takes headers, which the browsers' types do not know.
  const socket = new (WebSocket as unknown as new (url: string, options: object) => WebSocket)(`ws://127.0.0.1:${port}/bridge`, { headers: { origin } })
  const frames: Record<string, unknown>[] = []
  let closedWith: number | undefined
  socket.addEventListener('message', (event) => { frames.push(JSON.parse(String(event.data)) as Record<string, unknown>) })
  socket.addEventListener('close', ({ code }) => { closedWith = code })
  socket.addEventListener('error', () => undefined)
  await until(() => socket.readyState === WebSocket.OPEN || closedWith !== undefined, 'the socket')
  return {
    frames,
    closedWith: () => closedWith,
    say: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    hears: (kind) => until(() => frames.find((frame) => frame['kind'] === kind) ?? closedWith, `${kind} or the end`),
    close: () => socket.close(),
  }
}

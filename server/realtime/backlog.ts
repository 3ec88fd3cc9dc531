import type { Socket } from 'socket.io'

/** How much may wait to be sent to one workstation: many pages of the feed, and little of a server's memory. */
const MOST_BYTES = 16 * 1024 * 1024

/** Parts of Engine.IO that its types leave out. A test with a connection that does not read proves that they exist. */
interface Connection {
  readonly writeBuffer: readonly { readonly data?: unknown }[]
  readonly transport: { readonly socket?: { readonly bufferedAmount: number; terminate(): void } }
}

/** Whether so much waits for this workstation that it cannot be reading. It connects again when it works again. */
export function doesNotRead({ conn }: Pick<Socket, 'conn'>): boolean {
  const { writeBuffer, transport } = conn as unknown as Connection
  const waiting = writeBuffer.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0)
  return waiting + (transport.socket?.bufferedAmount ?? 0) > MOST_BYTES
}

/** Ends the connection and drops everything that waits. A goodbye would only wait behind it. */
export function cutOff({ conn }: Pick<Socket, 'conn'>): void {
  ;(conn as unknown as Connection).transport.socket?.terminate()
}

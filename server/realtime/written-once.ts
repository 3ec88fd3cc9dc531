import type { Server } from 'socket.io'
import type { SentPage } from '../../protocol/wire.ts'

/** Turns a page that goes to many workstations into text once. */
export interface WrittenOnce {
  /** Marks a page: from now on its text is made once, for all its readers. */
  mark(page: SentPage): void
}

/** A packet as Socket.IO gives it to its encoder (socket.io-protocol 5): `EVENT` is 2, `ACK` is 3. */
interface Packet {
  readonly type: number
  readonly nsp: string
  readonly id?: number
  readonly data?: unknown
}

/** A part of Socket.IO that its types mark as private. A test with two readers makes sure that it works. */
interface Encoder {
  encode(packet: Packet): unknown[]
}

/**
 * Replaces Socket.IO's encoder with one that writes a marked page once. The original would search each page for binary
 * data and turn it into text for every socket. All other packets go to the original.
 */
export function writePagesOnce(io: Server): WrittenOnce {
  const texts = new WeakMap<object, string | null>()
  const encoder = io.encoder as unknown as Encoder
  const encodeAnything = encoder.encode.bind(encoder)
  const textOf = (page: object): string => {
    const text = texts.get(page) ?? JSON.stringify(page)
    texts.set(page, text)
    return text
  }
  encoder.encode = (packet) => {
    const data = Array.isArray(packet.data) && packet.nsp === '/' ? (packet.data as unknown[]) : []
    if (packet.type === 2 && isMarked(data[1]))
      return [`2${packet.id ?? ''}[${JSON.stringify(data[0])},${textOf(data[1])}]`]
    const answer = data[0] as { value?: unknown } | undefined
    if (packet.type === 3 && isMarked(answer?.value))
      return [`3${packet.id}[{"ok":true,"value":${textOf(answer.value)}}]`]
    return encodeAnything(packet)
  }
  const isMarked = (value: unknown): value is object => typeof value === 'object' && value !== null && texts.has(value)
  return {
    mark: (page) => {
      if (!texts.has(page)) texts.set(page, null)
    },
  }
}

import type { Server } from 'socket.io'
import type { SentPage } from '../../protocol/wire.ts'

/** Pages that go to many workstations and are turned into text once. */
export interface WrittenOnce {
  /** From now on this page has one text, whoever it goes to. */
  mark(page: SentPage): void
}

/** A packet of Socket.IO as its parser is given it (socket.io-protocol 5): `EVENT` is 2, `ACK` is 3. */
interface Packet {
  readonly type: number
  readonly nsp: string
  readonly id?: number
  readonly data?: unknown
}

/** The part of Socket.IO that its types call private; a test with two readers holds it. */
interface Encoder {
  encode(packet: Packet): unknown[]
}

/**
 * Stands before Socket.IO's encoder, which would turn a page into text for every socket anew, and look through all of
 * it for bytes before. Everything but marked pages goes on to it as before.
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
    if (packet.type === 2 && isMarked(data[1])) return [`2${packet.id ?? ''}[${JSON.stringify(data[0])},${textOf(data[1])}]`]
    const answer = data[0] as { value?: unknown } | undefined
    if (packet.type === 3 && isMarked(answer?.value)) return [`3${packet.id}[{"ok":true,"value":${textOf(answer.value)}}]`]
    return encodeAnything(packet)
  }
  const isMarked = (value: unknown): value is object => typeof value === 'object' && value !== null && texts.has(value)
  return { mark: (page) => { if (!texts.has(page)) texts.set(page, null) } }
}

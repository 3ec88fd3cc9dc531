import { BridgeRequest, type BridgeMessage } from '../../protocol/bridge.ts'
import { badArgument, type Result } from '../../protocol/errors.ts'
import type { Dispatcher } from '../ipc/dispatcher.ts'
import { inBackground, type Log } from '../log.ts'

/** The parts of a window's socket that the bridge needs. */
export interface FrameSocket {
  send(text: string): void
  close(code: number): void
}

export interface BridgeConnection {
  receive(text: string): void
  closed(): void
}

const WATCHES_AT_MOST = 200
const UNREADABLE_AT_MOST = 20
const POLICY_VIOLATION = 1008

/**
 * Exchanges the frames of `protocol/bridge.ts` with one window. A frame that cannot be read is refused, and a window
 * that keeps sending such frames is cut off.
 */
export function createBridgeConnection(dispatcher: Dispatcher, socket: FrameSocket, log: Log): BridgeConnection {
  const watches = new Map<number, () => void>()
  let unreadable = 0
  const send = (message: BridgeMessage) => socket.send(JSON.stringify(message))
  const answer = (id: number, result: Result<unknown>) =>
    send({ kind: 'result', id, result: result as Extract<BridgeMessage, { kind: 'result' }>['result'] })
  const stopEvents = dispatcher.on((name, payload) => send({ kind: 'event', name, payload }))

  function take(request: BridgeRequest): void {
    const { verb, id } = request
    switch (verb) {
      case 'watch':
        watches.get(id)?.()
        if (watches.size >= WATCHES_AT_MOST) {
          answer(id, badArgument('watch', 'tooManyWatched'))
          return
        }
        watches.set(
          id,
          dispatcher.watch(request.name, request.args, (result) => answer(id, result)),
        )
        return
      case 'unwatch':
        watches.get(id)?.()
        watches.delete(id)
        return
      case 'act':
      case 'run':
        inBackground(
          log,
          dispatcher[verb](request.name, request.args).then((result) => answer(id, result)),
          verb,
        )
        return
      default:
        request satisfies never
    }
  }

  return {
    receive: (text) => {
      const frame = readJson(text)
      const parsed = BridgeRequest.safeParse(frame)
      if (parsed.success) {
        take(parsed.data)
        return
      }
      unreadable += 1
      if (unreadable > UNREADABLE_AT_MOST) {
        socket.close(POLICY_VIOLATION)
        return
      }
      // A reply needs an id: where the frame has one, the sender learns that it was refused.
      const id = typeof frame === 'object' && frame !== null && 'id' in frame ? Number(frame.id) : Number.NaN
      if (Number.isSafeInteger(id) && id > 0) answer(id, badArgument('frame', 'unreadable'))
    },
    closed: () => {
      stopEvents()
      for (const stop of watches.values()) stop()
      watches.clear()
    },
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

import { z } from 'zod'
import { BridgeMessage, type BridgeRequest } from '../../protocol/bridge.ts'
import { ok, refuse, type Result } from '../../protocol/errors.ts'
import { Id } from '../../protocol/scalars.ts'
import type { EventName, QueryName } from '../../protocol/workstation.ts'
import { checkedAction, checkedEvent, checkedQuery } from './checked.ts'
import type { CoreConnection, ScreenBridge } from './screen-bridge.ts'

interface Watch { readonly name: QueryName; readonly args: unknown; readonly deliver: (result: Result<unknown>) => void }

const Journalled = z.strictObject({ commandId: Id })
const FIRST_RETRY_MS = 200
const LONGEST_RETRY_MS = 2000

/**
 * The bridge over the browser host's loopback socket. It connects again by itself and asks for every watch again;
 * what was asked while nobody answers is refused with CORE_GONE, never kept for later: whoever asked decides.
 */
export function createSocketBridge(url: string, open: (url: string) => WebSocket = (u) => new WebSocket(u)): ScreenBridge {
  const watches = new Map<number, Watch>()
  const pending = new Map<number, { frame: string; settle: (result: Result<unknown>) => void }>()
  const eventListeners = new Map<EventName, Set<(payload: unknown) => void>>()
  const connectionListeners = new Set<() => void>()
  let state: CoreConnection = 'connecting'
  let socket: WebSocket
  let lastId = 0
  let retryMs = FIRST_RETRY_MS

  const send = (request: BridgeRequest): void => {
    if (state === 'connected') socket.send(JSON.stringify(request))
  }
  const setState = (next: CoreConnection): void => {
    if (state === next) return
    state = next
    for (const listener of connectionListeners) listener()
  }

  const receive = (text: string): void => {
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      return
    }
    const parsed = BridgeMessage.safeParse(json)
    if (!parsed.success) return
    const message = parsed.data
    if (message.kind === 'event') {
      for (const listener of eventListeners.get(message.name as EventName) ?? []) listener(message.payload)
      return
    }
    watches.get(message.id)?.deliver(message.result)
    const asked = pending.get(message.id)
    pending.delete(message.id)
    asked?.settle(message.result)
  }

  const connect = (): void => {
    socket = open(url)
    socket.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS
      setState('connected')
      for (const [id, watch] of watches) send({ verb: 'watch', id, name: watch.name, args: watch.args })
      for (const { frame } of pending.values()) socket.send(frame)
    })
    socket.addEventListener('message', (event) => receive(String(event.data)))
    socket.addEventListener('close', () => {
      setState('gone')
      for (const { settle } of pending.values()) settle(refuse('CORE_GONE'))
      pending.clear()
      setTimeout(connect, retryMs)
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
    })
  }

  const ask = (verb: 'act' | 'run', name: string, args: unknown): Promise<Result<unknown>> =>
    new Promise((settle) => {
      if (state === 'gone') {
        settle(refuse('CORE_GONE'))
        return
      }
      lastId += 1
      const request: BridgeRequest = { verb, id: lastId, name, args }
      pending.set(lastId, { frame: JSON.stringify(request), settle })
      send(request)
    })

  connect()

  return {
    watch(query, args, listener) {
      lastId += 1
      const id = lastId
      watches.set(id, { name: query, args, deliver: (result) => listener(checkedQuery(query, result)) })
      send({ verb: 'watch', id, name: query, args })
      return () => {
        if (watches.delete(id)) send({ verb: 'unwatch', id })
      }
    },
    act: async (action, args) => checkedAction(action, await ask('act', action, args)),
    async run(command, args) {
      const result = await ask('run', command, args)
      if (!result.ok) return result
      const parsed = Journalled.safeParse(result.value)
      return parsed.success ? ok(parsed.data) : refuse('INTERNAL', { reference: command })
    },
    on(event, listener) {
      const deliver = (payload: unknown): void => {
        const value = checkedEvent(event, payload)
        if (value) listener(value)
      }
      const listeners = eventListeners.get(event) ?? new Set()
      eventListeners.set(event, listeners.add(deliver))
      return () => listeners.delete(deliver)
    },
    connection: () => state,
    onConnection(listener) {
      connectionListeners.add(listener)
      return () => connectionListeners.delete(listener)
    },
  }
}

import { bridgeClosed, BridgeMessage, type BridgeKept, type BridgeRequest } from '../../protocol/bridge.ts'
import { refuse, type Result } from '../../protocol/errors.ts'
import type { EventName, QueryName } from '../../protocol/workstation.ts'
import { checkedAction, checkedEvent, checkedQuery, checkedRun } from './checked.ts'
import { createHostEntry, type HostEntry } from './host-entry.ts'
import type { HostPass } from './host-pass.ts'
import type { CoreConnection, ScreenBridge } from './screen-bridge.ts'

interface Watch {
  readonly name: QueryName
  readonly args: unknown
  readonly deliver: (result: Result<unknown>) => void
}

const FIRST_RETRY_MS = 200
const LONGEST_RETRY_MS = 2000

/**
 * The program that refused our passes may not be the host, but another one on the host's port: so they are tried again,
 * but not often.
 */
const REFUSED_AGAIN_MS = 5000

/**
 * The bridge over the browser host's loopback socket. Host and window prove to each other that they know the same pass
 * (`host-entry.ts`); nothing else is sent before the host has let the window in. It reconnects without help and asks
 * for every watch again; where no pass is left it waits for one. A request made while the host does not answer is
 * refused with CORE_GONE and never kept for later: the caller decides what to do.
 */
export function createSocketBridge(
  url: string,
  hostPort: number,
  pass: HostPass,
  open: (url: string) => WebSocket = (u) => new WebSocket(u),
): ScreenBridge {
  const watches = new Map<number, Watch>()
  const pending = new Map<number, { frame: string; settle: (result: Result<unknown>) => void }>()
  const eventListeners = new Map<EventName, Set<(payload: unknown) => void>>()
  const connectionListeners = new Set<() => void>()
  let state: CoreConnection = 'connecting'
  let socket: WebSocket
  let lastId = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let retryMs = FIRST_RETRY_MS

  const send = (request: BridgeRequest): void => {
    if (state === 'connected') socket.send(JSON.stringify(request))
  }
  const setState = (next: CoreConnection): void => {
    if (state === next) return
    state = next
    for (const listener of connectionListeners) listener()
  }

  /**
   * Handles a frame before the host has let us in. A frame that is not part of an entry is not trusted, and the
   * connection is closed.
   */
  const enter = async (entry: HostEntry, through: WebSocket, json: unknown): Promise<void> => {
    const secret = entry.entered(json)
    if (secret !== null) {
      begin(secret)
      return
    }
    const answer = await entry.answer(json)
    if (answer === null) through.close()
    else through.send(JSON.stringify(answer))
  }

  const receive = (json: unknown): void => {
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

  const begin = (secret: string): void => {
    pass.keep(secret)
    socket.send(JSON.stringify({ verb: 'kept' } satisfies BridgeKept))
    retryMs = FIRST_RETRY_MS
    setState('connected')
    for (const [id, watch] of watches) send({ verb: 'watch', id, name: watch.name, args: watch.args })
    for (const { frame } of pending.values()) socket.send(frame)
  }

  const lose = (next: CoreConnection): void => {
    setState(next)
    for (const { settle } of pending.values()) settle(refuse('CORE_GONE'))
    pending.clear()
  }

  /** `refused`: how many of our passes have just been refused. */
  const connect = (refused = 0): void => {
    clearTimeout(timer)
    const shown = pass.all()[refused]
    if (shown === undefined) {
      lose('notAdmitted')
      if (refused > 0) timer = setTimeout(connect, REFUSED_AGAIN_MS)
      return
    }
    const opening = open(url)
    const entry = createHostEntry(shown, hostPort)
    // Handle one frame after the other, because proving takes a moment.
    let handled = Promise.resolve()
    socket = opening
    opening.addEventListener('open', () => {
      handled = handled.then(async () => opening.send(JSON.stringify(await entry.hello())))
    })
    opening.addEventListener('message', (event) => {
      const json = readJson(String(event.data))
      if (state === 'connected') receive(json)
      else handled = handled.then(() => (state === 'connected' ? receive(json) : enter(entry, opening, json)))
    })
    opening.addEventListener('close', ({ code }) => {
      if (code === bridgeClosed.wrongPass && state !== 'connected') {
        connect(refused + 1)
        return
      }
      lose('gone')
      timer = setTimeout(connect, retryMs)
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
    })
  }

  const ask = (verb: 'act' | 'run', name: string, args: unknown): Promise<Result<unknown>> =>
    new Promise((settle) => {
      if (state === 'gone' || state === 'notAdmitted') {
        settle(refuse('CORE_GONE'))
        return
      }
      lastId += 1
      const request: BridgeRequest = { verb, id: lastId, name, args }
      pending.set(lastId, { frame: JSON.stringify(request), settle })
      send(request)
    })

  pass.onNew(() => {
    if (state === 'notAdmitted') connect()
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
    run: async (command, args) => checkedRun(command, await ask('run', command, args)),
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

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

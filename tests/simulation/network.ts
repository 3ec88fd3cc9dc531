import type { LinkSocketEvents, OpenLinkSocket } from '../../main/link/link-socket.ts'
import type { Process, World } from './world.ts'

/** The node's end of a connection. */
export interface ServerEnd {
  readonly auth: { readonly deviceId: string }
  push(name: string, payload: unknown): void
  /** The node closes the connection. */
  close(): void
}

/** A node as workstations reach it. */
export interface Listener {
  readonly process: Process
  /** Called once for each connection; `end` is the node's end of it. */
  connected(end: ServerEnd): void
  request(end: ServerEnd, name: string, args: unknown): Promise<unknown>
  disconnected(end: ServerEnd): void
}

/** What can go wrong between a workstation and the server, drawn for every message. */
export interface Weather {
  longestMs: number
  /** The share of frames that arrive twice, the second time at any later moment, as behind a proxy that repeats. */
  doubled: number
}

export interface Network {
  readonly weather: Weather
  openerOf(process: Process): OpenLinkSocket
  listen(listener: Listener): void
  /**
   * Breaks some connections. Both sides notice it, or, with `silent`, each side notices only that the other's beats are
   * missing.
   */
  cut(share: number, silent: boolean): void
  /** While true, no workstation reaches a node. */
  blocked: boolean
}

const BEATS_MISSED_MS = 10_000

interface Connection {
  readonly client: Process
  readonly listener: Listener
  readonly events: LinkSocketEvents
  readonly end: ServerEnd
  isOpen: boolean
  isSilent: boolean
  /** The latest arrival time in each direction: no frame arrives before one that was sent earlier. */
  readonly arrived: { up: number; down: number }
}

/**
 * Sockets over TCP: frames arrive in order or not at all, and a connection may break or fall silent at any moment.
 * Every frame is a copy.
 */
export function createNetwork(world: World): Network {
  const listeners: Listener[] = []
  const connections = new Set<Connection>()
  const weather: Weather = { longestMs: 20, doubled: 0 }
  /**
   * Copies a value at the moment it is sent: later changes by the sender have no effect, and every arrival gets a copy
   * of its own.
   */
  const sent = <T>(value: T): (() => T) => {
    if (value === undefined) return () => value
    const text = JSON.stringify(value)
    return () => JSON.parse(text) as T
  }

  function travel(connection: Connection, way: 'up' | 'down', to: Process, deliver: () => void): void {
    const at = Math.max(connection.arrived[way], world.now() + world.random.next() * weather.longestMs)
    connection.arrived[way] = at
    const arrive = () => {
      if (connection.isOpen && !connection.isSilent) deliver()
    }
    to.after(at - world.now(), arrive)
    if (world.random.chance(weather.doubled)) to.after(at - world.now() + world.random.next() * 2000, arrive)
  }

  function shut(connection: Connection, reason: string, tell: { client: boolean; server: boolean }): void {
    if (!connection.isOpen) return
    connection.isOpen = false
    connections.delete(connection)
    if (tell.client)
      connection.client.after(world.random.next() * weather.longestMs, () => {
        connection.events.onClosed(reason)
      })
    if (tell.server)
      connection.listener.process.after(world.random.next() * weather.longestMs, () => {
        connection.listener.disconnected(connection.end)
      })
  }

  const network: Network = {
    weather,
    blocked: false,
    listen: (listener) => {
      listeners.push(listener)
      listener.process.onDeath(() => {
        listeners.splice(listeners.indexOf(listener), 1)
        for (const connection of connections)
          if (connection.listener === listener) shut(connection, 'transport close', { client: true, server: false })
      })
    },
    openerOf: (client) => (auth, _withinMs, events) => {
      let connection: Connection | null = null
      let closed = false
      client.after(world.random.next() * weather.longestMs, () => {
        const up = listeners.filter(({ process }) => process.isAlive())
        if (closed) return
        if (network.blocked || up.length === 0) {
          events.onRefused(undefined)
          return
        }
        const listener = world.random.pick(up)
        const end: ServerEnd = {
          auth: sent(auth)(),
          push: (name, payload) => {
            const message = sent(payload)
            travel(made, 'down', client, () => {
              events.onMessage(name, message())
            })
          },
          close: () => {
            shut(made, 'io server disconnect', { client: true, server: true })
          },
        }
        const made: Connection = {
          client,
          listener,
          events,
          end,
          isOpen: true,
          isSilent: false,
          arrived: { up: 0, down: 0 },
        }
        connection = made
        connections.add(made)
        client.onDeath(() => {
          shut(made, 'gone', { client: false, server: true })
        })
        listener.connected(end)
      })
      return {
        ask: (name, args, withinMs) =>
          new Promise((resolve) => {
            const tooLate = client.after(withinMs, () => {
              resolve(null)
            })
            if (!connection) return
            const asked = connection
            const message = sent(args)
            travel(asked, 'up', asked.listener.process, () => {
              void asked.listener.request(asked.end, name, message()).then((answer) => {
                const back = sent(answer)
                travel(asked, 'down', client, () => {
                  tooLate()
                  resolve({ answer: back() })
                })
                return null
              })
            })
          }),
        close: () => {
          closed = true
          if (connection) shut(connection, 'closed', { client: false, server: true })
        },
      }
    },
    cut: (share, silent) => {
      for (const connection of connections) {
        if (!world.random.chance(share)) continue
        if (!silent) shut(connection, 'transport error', { client: true, server: true })
        else {
          connection.isSilent = true
          world.after(BEATS_MISSED_MS, () => {
            shut(connection, 'ping timeout', { client: true, server: true })
          })
        }
      }
    },
  }
  return network
}

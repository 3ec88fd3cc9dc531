import type { Socket } from 'socket.io'

/** A workstation has one connection, and for some seconds beside it one that broke unheard. */
const CONNECTIONS = 8
const REQUESTS_AT_ONCE = 64
/** A workstation waits for the answer to one before it sends the next; its several journals, and what broke unheard, are far below this. */
const BATCHES_AT_ONCE = 16

/** What one device has at this node, however many connections it opens: nobody takes the places of the others. */
export interface DeviceLoad {
  /** Null: it has as much in work as one may have; else what says that this request is over. */
  begin(name: string): (() => void) | null
}

/** The loads of all devices that are connected here. */
export interface DeviceLoads {
  /** One more connection of a device; above what one may have, its oldest goes. */
  joined(deviceId: string, socket: Pick<Socket, 'disconnect' | 'once'>): DeviceLoad
}

interface Held extends DeviceLoad {
  readonly sockets: Set<Pick<Socket, 'disconnect' | 'once'>>
}

export function createDeviceLoads(): DeviceLoads {
  const loads = new Map<string, Held>()
  return {
    joined: (deviceId, socket) => {
      const load = loads.get(deviceId) ?? emptyLoad()
      loads.set(deviceId, load)
      load.sockets.add(socket)
      socket.once('disconnect', () => {
        load.sockets.delete(socket)
        if (load.sockets.size === 0) loads.delete(deviceId)
      })
      const [oldest] = load.sockets
      if (load.sockets.size > CONNECTIONS) oldest?.disconnect(true)
      return load
    },
  }
}

function emptyLoad(): Held {
  let running = 0
  let batches = 0
  return {
    sockets: new Set(),
    begin: (name) => {
      const batch = name === 'commands' ? 1 : 0
      if (running >= REQUESTS_AT_ONCE || batches + batch > BATCHES_AT_ONCE) return null
      running += 1
      batches += batch
      return () => {
        running -= 1
        batches -= batch
      }
    },
  }
}

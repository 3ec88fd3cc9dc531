import type { Socket } from 'socket.io'

/** A workstation has one connection, and for some seconds perhaps an earlier one whose break was not noticed yet. */
const CONNECTIONS = 8
const REQUESTS_AT_ONCE = 64
/**
 * A workstation waits for the answer to one batch before it sends the next. Even several journals and unnoticed breaks
 * stay far below this.
 */
const BATCHES_AT_ONCE = 16

/**
 * What one device has running at this node over all its connections. The limits keep one device from taking the places
 * of others.
 */
export interface DeviceLoad {
  /** Begins a request; call the returned function when it is over. Null: the device has reached its limit. */
  begin(name: string): (() => void) | null
}

/** The loads of all devices that are connected to this node. */
export interface DeviceLoads {
  /** Adds a connection of a device. Above the limit, its oldest connection is closed. */
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

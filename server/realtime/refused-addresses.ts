import type { Clock } from '../clock.ts'
import { addressGroup } from '../http/trusted-proxies.ts'

/**
 * How many handshakes of one address may be refused for lack of a valid device within a minute. A workstation tries a
 * few times a minute at most.
 */
const REFUSED_A_MINUTE = 120
const A_MINUTE = 60_000
/** More addresses than this at once are an attack from many places, which the door slows down. */
const ADDRESSES_AT_MOST = 10_000

/**
 * Remembers the addresses that try again and again without a valid device, so that they cost no more statements. Each
 * node remembers its own.
 */
export interface RefusedAddresses {
  note(address: string): void
  /** Whether connections from this address are turned away for now. */
  holdsOff(address: string): boolean
}

export function createRefusedAddresses(clock: Pick<Clock, 'elapsed'>): RefusedAddresses {
  const refused = new Map<string, { count: number; since: number }>()
  const lately = (group: string) => {
    const known = refused.get(group)
    if (known && clock.elapsed() - known.since < A_MINUTE) return known
    refused.delete(group)
    return null
  }
  return {
    note: (address) => {
      const group = addressGroup(address)
      const known = lately(group)
      if (known) known.count += 1
      else {
        const [oldest] = refused.keys()
        if (oldest !== undefined && refused.size >= ADDRESSES_AT_MOST) refused.delete(oldest)
        refused.set(group, { count: 1, since: clock.elapsed() })
      }
    },
    holdsOff: (address) => (lately(addressGroup(address))?.count ?? 0) >= REFUSED_A_MINUTE,
  }
}

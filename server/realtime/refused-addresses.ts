import type { Clock } from '../clock.ts'
import { addressGroup } from '../http/trusted-proxies.ts'

/** Handshakes of one address that were refused as nobody's within a minute; a workstation tries a few times a minute at most. */
const REFUSED_A_MINUTE = 120
const A_MINUTE = 60_000
/** More addresses than this at once are an attack from everywhere, which the door holds off. */
const ADDRESSES_AT_MOST = 10_000

/** Remembers who knocks again and again without being anybody, so that it costs no statement any more. Of one node. */
export interface RefusedAddresses {
  note(address: string): void
  /** Whether this address is turned away for now. */
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

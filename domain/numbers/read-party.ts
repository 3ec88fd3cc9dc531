import type { Party } from '../../protocol/calls.ts'
import { splitCallerId } from './caller-id.ts'
import { hidesCaller } from './withheld.ts'
import { readAddress } from './written-address.ts'

/**
 * Reads a party as a telephone system or a link wrote it, in one place for all of them: it separates the name and the
 * number of a whole caller id ("Li Wei <13800138000>"), and turns a withheld caller into a party without any number.
 */
export function readParty(party: Party): Party {
  if (party.kind !== 'number') return party
  if ((party.name !== null && hidesCaller(party.name)) || readAddress(party.raw).kind === 'withheld')
    return { kind: 'withheld' }
  const { name, address } = splitCallerId(party.raw)
  return name === null ? party : { kind: 'number', raw: address, name: party.name ?? name.slice(0, 300) }
}

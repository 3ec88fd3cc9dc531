import { BlockList, isIP } from 'node:net'
import { StartError } from '../db/start-error.ts'

/** Whether an address belongs to one of our proxies, which are believed about the client's address. */
export type TrustedProxies = (address: string) => boolean

const LOOPBACK = ['127.0.0.0/8', '::1/128']
const HOW =
  'TRUSTED_PROXIES names proxies that stand before this server, by address or network, separated by commas: 10.0.0.5,10.1.0.0/16. "loopback" is this machine, "none" is nobody.'

/**
 * Reads `TRUSTED_PROXIES`. Where it is not set, proxies on this machine are trusted, as the manual says. Throws a
 * `StartError`.
 */
export function trustedProxies(setting: string | undefined): TrustedProxies {
  const named = (setting ?? 'loopback')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (named.includes('none')) return () => false
  const list = new BlockList()
  for (const network of named.flatMap((part) => (part === 'loopback' ? LOOPBACK : [part]))) add(list, network)
  return (address) => {
    const plain = plainAddress(address)
    const family = isIP(plain)
    return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6')
  }
}

function add(list: BlockList, network: string): void {
  const [address = '', bits] = network.split('/')
  const family = isIP(address)
  const length = bits === undefined ? (family === 4 ? 32 : 128) : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN
  if (family === 0 || !(length >= 0 && length <= (family === 4 ? 32 : 128)))
    throw new StartError(`${HOW} "${network}" is neither.`)
  list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6')
}

/** The plain form of an IPv4 address that arrived over IPv6. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')

/**
 * The client's address: the nearest address that is not one of our proxies. Whatever a client itself wrote into
 * `X-Forwarded-For` stands further away and is never used.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  isTrusted: TrustedProxies,
): string {
  const chain = [...(forwardedFor ?? '').split(',').map((part) => part.trim()), socketAddress ?? '']
  for (const address of chain.toReversed()) {
    if (isIP(plainAddress(address)) === 0) break
    if (!isTrusted(address)) return plainAddress(address)
  }
  return plainAddress(socketAddress ?? '')
}

/** Groups the addresses that one client can use. For IPv6 that is a whole /64. */
export function addressGroup(address: string): string {
  const plain = plainAddress(address)
  if (isIP(plain) !== 6) return plain
  const [head = '', tail] = plain.split('%')[0]!.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  return `${[...front, ...gap, ...back]
    .slice(0, 4)
    .map((part) => parseInt(part, 16).toString(16))
    .join(':')}::/64`
}

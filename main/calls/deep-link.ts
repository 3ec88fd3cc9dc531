import { refuse, type Result, ok } from '../../protocol/errors.ts'
import type { ReasonName } from '../../protocol/reasons.ts'

/** What a link from outside asks for. A link is hostile until it has been read here: anybody can make one. */
export interface DeepLink {
  readonly kind: 'call'
  /** As it was written; what it is, is decided by `domain/numbers`. */
  readonly number: string
}

const LONGEST = 512
const unusable = (problem: ReasonName) => refuse('DEEP_LINK_UNUSABLE', { problem })

/** Reads `ringside://call?number=…`. Says what is wrong with one that cannot be used, never what it held. */
export function readDeepLink(text: string): Result<DeepLink> {
  if (text.length > LONGEST) return unusable('tooLarge')
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return unusable('noAddress')
  }
  if (url.protocol !== 'ringside:') return unusable('notForRingside')
  if (url.username || url.password || url.port || url.hash) return unusable('meaninglessParts')
  // "ringside:call", "ringside:/call" and "ringside://call/" are what browsers make of the same link.
  const place = (url.host + url.pathname).replaceAll(/^\/+|\/+$/g, '')
  if (place !== 'call') return unusable('noSuchPlace')
  const names = [...url.searchParams.keys()]
  if (names.length !== 1 || names[0] !== 'number') return unusable('notOneNumber')
  return callOf(url.searchParams.get('number') ?? '')
}

/** Reads a number given on the command line. */
export const readNumberArgument = (text: string): Result<DeepLink> => callOf(text)

function callOf(written: string): Result<DeepLink> {
  const number = written.trim()
  if (number === '' || number.length > 40) return unusable('numberLength')
  // What people write numbers with; a browser turns a plus into a space. Anything else is not looked at further.
  if (!/^[+＋\p{Nd}(][\p{Nd} \u00a0\u3000().\-/+＋]*$/u.test(number)) return unusable('numberCharacters')
  if (!/\p{Nd}{2}/u.test(number.replaceAll(/[\s().\-/]/g, ''))) return unusable('noNumber')
  return ok({ kind: 'call', number })
}

/** What a start's arguments ask for: `--call NUMBER`, or a link as Windows and Linux hand one over. Null: nothing. */
export function readStartArguments(args: readonly string[]): Result<DeepLink> | null {
  for (const [index, argument] of args.entries()) {
    if (argument === '--call') return readNumberArgument(args[index + 1] ?? '')
    if (argument.startsWith('--call=')) return readNumberArgument(argument.slice('--call='.length))
    if (/^ringside:/i.test(argument)) return readDeepLink(argument)
  }
  return null
}

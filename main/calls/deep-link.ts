import { readAddress, writtenNumber } from '../../domain/numbers/written-address.ts'
import { refuse, type Result, ok } from '../../protocol/errors.ts'
import type { ReasonName } from '../../protocol/reasons.ts'

/** What a link from outside asks for. A link is hostile until it has been read here: anybody can make one. */
export interface DeepLink {
  readonly kind: 'call'
  /** As it was written; what it is, is decided by `domain/numbers`. */
  readonly number: string
}

const LONGEST = 512
/** A whole caller id with its name, or an address with its host. */
const LONGEST_NUMBER = 128
const MOST_DIGITS = 24
const unusable = (problem: ReasonName) => refuse('DEEP_LINK_UNUSABLE', { problem })

/** A plus between two words is a space (that is how forms write one); in front of a number it is a plus. */
const plusForSpace = /(?<=[\p{L}\p{N})"])\+(?=[\p{L}\p{N}(<"+])/gu

const isLink = (argument: string): boolean => /^ringside:/i.test(argument)

/** The link among a start's arguments; null where there is none. Beside a link no option counts: whoever made the link may have written it too. */
export const linkAmong = (args: readonly string[]): string | null => args.find(isLink) ?? null

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
  const parameters = new URLSearchParams(url.search.replaceAll('+', '%2B'))
  const names = [...parameters.keys()]
  if (names.length !== 1 || names[0] !== 'number') return unusable('notOneNumber')
  return callOf((parameters.get('number') ?? '').replaceAll(plusForSpace, ' '))
}

/** Reads a number given on the command line. */
export const readNumberArgument = (text: string): Result<DeepLink> => callOf(text)

function callOf(written: string): Result<DeepLink> {
  const number = written.trim()
  if (number === '' || number.length > LONGEST_NUMBER) return unusable('numberLength')
  if (readAddress(number).kind === 'withheld') return ok({ kind: 'call', number })
  const digits = writtenNumber(number)?.digits.replace('+', '')
  if (digits === undefined) return unusable('numberCharacters')
  if (digits.length > MOST_DIGITS) return unusable('numberLength')
  return digits.length < 2 ? unusable('noNumber') : ok({ kind: 'call', number })
}

/**
 * What a start's arguments ask for: a link as Windows and Linux hand one over, a `tel:` address, or `--call NUMBER`.
 * Null: nothing.
 */
export function readStartArguments(args: readonly string[]): Result<DeepLink> | null {
  const link = linkAmong(args)
  if (link !== null) return readDeepLink(link)
  for (const [index, argument] of args.entries()) {
    if (argument === '--call') return readNumberArgument(args[index + 1] ?? '')
    if (argument.startsWith('--call=')) return readNumberArgument(argument.slice('--call='.length))
    if (/^(?:tel|callto|sips?):/i.test(argument)) return readNumberArgument(argument)
  }
  return null
}

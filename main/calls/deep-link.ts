import { readAddress, writtenNumber } from '../../domain/numbers/written-address.ts'
import { refuse, type Result, ok } from '../../protocol/errors.ts'
import type { ReasonName } from '../../protocol/reasons.ts'

/**
 * What a link from outside asks for. Anyone can make a link, so its text is not trusted until it has been read here.
 */
export interface DeepLink {
  readonly kind: 'call'
  /** The number as it was written; `domain/numbers` decides what it means. */
  readonly number: string
}

const LONGEST = 512
/** Long enough for a whole caller id with its name, or for an address with its host. */
const LONGEST_NUMBER = 128
const MOST_DIGITS = 24
const unusable = (problem: ReasonName) => refuse('DEEP_LINK_UNUSABLE', { problem })

/** A plus between two words is a space (forms write spaces like that); in front of a number it is a plus. */
const plusForSpace = /(?<=[\p{L}\p{N})"])\+(?=[\p{L}\p{N}(<"+])/gu

const isLink = (argument: string): boolean => /^ringside:/i.test(argument)

/**
 * The link among the arguments of a start; null where there is none. A start with a link ignores all options, because
 * whoever made the link may have written those too.
 */
export const linkAmong = (args: readonly string[]): string | null => args.find(isLink) ?? null

/** Reads `ringside://call?number=…`. A refusal says what is wrong with the link, never what it contained. */
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
  // Browsers write the same link as "ringside:call", "ringside:/call" or "ringside://call/".
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
 * Reads what the arguments of a start ask for: a link as Windows and Linux hand one over, a `tel:` address, or `--call
 * NUMBER`. Null where they ask for no call.
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

import type { ShownNumber } from '../../protocol/match.ts'
import type { LineRules } from './line-rules.ts'
import { normaliseNumber } from './normalise-number.ts'

/** The header values of an INVITE that identify the caller. */
export interface CallerHeaders {
  readonly from: string
  readonly assertedIdentity: string | null
  /** The RFC 3323 Privacy header; `id` or `user` means that the identity must not be shown. */
  readonly privacy: string | null
  readonly historyInfo: string | null
}

/**
 * The caller, and the number that forwarded the call. The asserted identity (RFC 3325) is preferred to From. Where the
 * caller asks for privacy, neither is used. `forwardedBy` is the first History-Info entry (RFC 7044) that carries a
 * Reason.
 */
export function callerOfHeaders(
  headers: CallerHeaders,
  rules: LineRules,
): { caller: ShownNumber; forwardedBy: string | null } {
  const hidden = /\b(id|user|header)\b/i.test(headers.privacy ?? '') && !/\bnone\b/i.test(headers.privacy ?? '')
  const from = normaliseNumber(headers.from, rules)
  const asserted = headers.assertedIdentity ? normaliseNumber(headers.assertedIdentity, rules) : null
  const caller = hidden || from.kind === 'withheld' ? normaliseNumber('', rules) : (asserted ?? from)
  const forwarder = splitHeader(headers.historyInfo ?? '').find((entry) => /[?&]Reason=/i.test(entry))
  return { caller, forwardedBy: forwarder ? normaliseNumber(forwarder, rules).e164 : null }
}

/** The entries of a comma-separated header; commas within brackets or quotes do not split. */
function splitHeader(value: string): string[] {
  return value.match(/(?:"[^"]*"|<[^>]*>|[^,"<])+/g)?.map((entry) => entry.trim()) ?? []
}

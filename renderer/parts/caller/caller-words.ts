import type { MatchReason } from '../../../protocol/match.ts'
import type { MissedCall } from '../../../protocol/workstation.ts'
import { partyName } from '../../i18n/formats.ts'
import type { Words } from '../../i18n/use-words.ts'
import { shortName, type CustomerNames } from '../record/customer-name.ts'

export interface CallerWords {
  /** The most likely name of the caller. */
  readonly name: string
  /** The caller's number; empty where there is none to show. */
  readonly number: string
}

/** Says who is calling, in as few words as are true. */
export function callerWords(
  desk: MissedCall,
  { say, language }: Pick<Words, 'say' | 'language'>,
  known?: CustomerNames,
): CallerWords {
  const number = desk.number?.display ?? ''
  const named = known ? shortName(known, language) : nameOf(desk, language)
  if (named !== null) return { name: named, number }
  const { match, call } = desk
  switch (match.kind) {
    case 'withheld':
      return { name: say('call/withheld'), number: '' }
    case 'ours':
      return { name: partyName(call.party) ?? say('call/ours'), number }
    case 'several':
      return { name: say('call/severalCallers', { count: match.candidates.length }), number }
    case 'none':
    case 'one':
      return { name: partyName(call.party) ?? say('call/unknownCaller'), number }
  }
}

function nameOf(desk: MissedCall, language: Words['language']): string | null {
  if (desk.customerId === null) return null
  const { match } = desk
  const candidates =
    match.kind === 'one' || match.kind === 'several' ? match.candidates : match.kind === 'none' ? match.suggestions : []
  const found = candidates.find((c) => c.customerId === desk.customerId)
  return found ? shortName(found, language) : null
}

/** A reason in words, with its time where it has one. */
export function reasonWords(reason: MatchReason, now: number, { say, formats }: Words): string {
  const params = 'at' in reason ? { time: formats.relative(reason.at, now) } : {}
  return say(`call/why/${reason.code}`, { ...params, ...('times' in reason ? { count: reason.times } : {}) })
}

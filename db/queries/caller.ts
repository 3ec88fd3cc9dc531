import { rankCandidates } from '../../domain/matching/rank-candidates.ts'
import { rulesOfLine, writtenIn, type LineRules } from '../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../domain/numbers/normalise-number.ts'
import type { AgentCall } from '../../protocol/calls.ts'
import type { Draft } from '../../protocol/draft.ts'
import type { ShownNumber } from '../../protocol/match.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { DeskCall, Pop } from '../../protocol/workstation.ts'
import type { ReadableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { codecs, decodeRow } from '../rows/codec.ts'
import { customerRecord, type QueryContext } from './customer-record.ts'
import { findCallers, isOurLine } from './number-lookup.ts'

export interface CallerQuestion {
  readonly call: AgentCall
  /** The draft that the call has or will have. */
  readonly draft: Draft
  readonly local: boolean
  readonly enriched: boolean
  /** The customer that the agent picked; null: the agent has not picked one yet. */
  readonly pickedCustomerId: CustomerId | null
  /** The site's country, for calls on a line that this cache does not know; null: the country is not known either. */
  readonly country: string | null
  readonly context: QueryContext
}

const bare = (kind: 'withheld' | 'extension', display: string): ShownNumber => ({
  kind,
  raw: display,
  e164: null,
  nationalKey: null,
  region: null,
  display,
})

/**
 * A call as the screen shows it, read in one piece: the number, normalised by its line's rules; the customers it
 * matches; and the complete record. From here on a withheld caller has no number, whatever the raw text was.
 */
export function popOf(db: ReadableDb, question: CallerQuestion): Pop {
  const { call, context } = question
  const number = numberOf(db, question)
  const withheld = number.kind === 'withheld'
  const ours =
    call.party.kind === 'internal' ||
    number.kind === 'extension' ||
    (number.e164 !== null && isOurLine(db, number.e164))
  const match = rankCandidates(number, ours, ours ? [] : findCallers(db, number, call.collected, context.now))
  const customerId =
    question.pickedCustomerId ?? call.handedOver?.customerId ?? (match.kind === 'one' ? match.customerId : null)
  const record = customerId ? customerRecord(db, customerId, context) : null
  const desk: DeskCall = {
    call: withheld ? { ...call, party: { kind: 'withheld' } } : call,
    number: withheld || call.party.kind === 'internal' ? null : number,
    match,
    customerId: record ? customerId : question.pickedCustomerId,
    draft: { ...question.draft, customerId: record ? customerId : question.draft.customerId },
    local: question.local,
    enriched: question.enriched,
  }
  return { desk, record }
}

function numberOf(db: ReadableDb, { call: { party, line }, country }: CallerQuestion): ShownNumber {
  switch (party.kind) {
    case 'number':
      return normaliseNumber(party.raw, rulesFor(db, line, country))
    case 'internal':
      return bare('extension', party.extension)
    case 'withheld':
      return bare('withheld', '')
    default:
      return party satisfies never
  }
}

function rulesFor(db: ReadableDb, line: string | null, country: string | null): LineRules {
  const row =
    line === null
      ? undefined
      : db.get<AnyRow>(`SELECT ${codecs.line.select} FROM "line" WHERE "number" = ? LIMIT 1`, line)
  return row ? rulesOfLine(decodeRow('line', row)) : writtenIn(country)
}

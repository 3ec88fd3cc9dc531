import type { CallerQuestion } from '../../db/queries/caller.ts'
import { writtenIn } from '../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../domain/numbers/normalise-number.ts'
import type { Match, ShownNumber } from '../../protocol/match.ts'
import type { DeskCall, Pop } from '../../protocol/workstation.ts'

/**
 * Builds the pop of a call whose record cannot be read now: an unknown caller, with the number as it came in (the rules
 * for how its line writes numbers cannot be read either). What was read earlier of the same call is kept.
 */
export function unreadPop(
  { call, draft, local, enriched, pickedCustomerId }: CallerQuestion,
  known: DeskCall | null,
): Pop {
  const number =
    known?.number ?? (call.party.kind === 'number' ? normaliseNumber(call.party.raw, writtenIn(null)) : null)
  const withheld = call.party.kind === 'withheld' || number?.kind === 'withheld'
  return {
    desk: {
      call: withheld ? { ...call, party: { kind: 'withheld' } } : call,
      number: withheld ? null : number,
      match: known?.match ?? (withheld ? { kind: 'withheld' } : strangerOf(number)),
      customerId: pickedCustomerId ?? known?.customerId ?? null,
      draft,
      local,
      enriched,
      unread: { code: 'RECORD_UNREADABLE', params: {} },
    },
    record: null,
  }
}

/** A call without any number is from a colleague, and so is a call from an extension. */
const strangerOf = (number: ShownNumber | null): Match =>
  number === null || number.kind === 'extension' ? { kind: 'ours' } : { kind: 'none', suggestions: [] }

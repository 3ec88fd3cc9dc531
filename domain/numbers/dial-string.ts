import { ok, refuse, type Result } from '../../protocol/errors.ts'
import { writtenIn } from './line-rules.ts'
import { normaliseNumber } from './normalise-number.ts'
import { writtenNumber } from './written-address.ts'

/**
 * What goes out to a telephone system for a number that somebody wants to call: E.164 with its plus, or the digits of an
 * extension, a short number or a number of a country that nobody has said; nothing else of what was written. A refusal
 * where the number reader finds no number that can be called. Reading its own result again gives the same.
 */
export function dialString(written: string, country: string | null): Result<string> {
  const number = normaliseNumber(written, writtenIn(country))
  switch (number.kind) {
    case 'number': case 'extension': case 'short_code': case 'emergency': {
      const digits = number.e164 ?? writtenNumber(written)?.digits
      return digits !== undefined && /^\+?\d{1,20}$/.test(digits) ? ok(digits) : unusable(written)
    }
    // A code of the exchange (call forwarding, withholding one's number) is nothing to dial for a click.
    case 'feature_code': case 'sip_user': case 'withheld': case 'invalid': return unusable(written)
    default: return number.kind satisfies never
  }
}

const unusable = (written: string) => refuse('NUMBER_UNUSABLE', { raw: written.replaceAll(/\p{C}+/gu, ' ').slice(0, 40) })

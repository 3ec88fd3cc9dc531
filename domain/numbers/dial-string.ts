import { ok, refuse, type Result } from '../../protocol/errors.ts'
import { writtenIn } from './line-rules.ts'
import { normaliseNumber } from './normalise-number.ts'
import { writtenNumber } from './written-address.ts'

/**
 * The text that is sent to a telephone system for a number that a user wants to call: E.164 with its plus, or the
 * digits of an extension, of a short number or of a number without a known country, and nothing else of the text. It is
 * a refusal where the text holds no number that can be called. Reading its own result gives the same result.
 */
export function dialString(written: string, country: string | null): Result<string> {
  const number = normaliseNumber(written, writtenIn(country))
  switch (number.kind) {
    case 'number':
    case 'extension':
    case 'short_code':
    case 'emergency': {
      const digits = number.e164 ?? writtenNumber(written)?.digits
      return digits !== undefined && /^\+?\d{1,20}$/.test(digits) ? ok(digits) : unusable(written)
    }
    // A feature code of the telephone system (call forwarding, withholding one's number) must not be dialled by a
    // click.
    case 'feature_code':
    case 'sip_user':
    case 'withheld':
    case 'invalid':
      return unusable(written)
    default:
      return number.kind satisfies never
  }
}

const unusable = (written: string) =>
  refuse('NUMBER_UNUSABLE', { raw: written.replaceAll(/\p{C}+/gu, ' ').slice(0, 40) })

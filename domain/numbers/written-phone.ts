import type { WrittenPhone } from '../../protocol/commands.ts'
import type { ContactPoint } from '../../protocol/entities.ts'
import { ok, refuse, type Result } from '../../protocol/errors.ts'
import { writtenIn } from './line-rules.ts'
import { normaliseNumber } from './normalise-number.ts'

/** The stored fields of a phone number: the text, and the keys by which it is looked up. */
export type PhoneFields = Pick<ContactPoint, 'raw' | 'e164' | 'nationalKey' | 'region'>

/**
 * The keys of a number that somebody wrote down, always computed from its text; a refusal where it is not a number that
 * can be called.
 */
export function phoneFieldsOf({ raw, country }: WrittenPhone): Result<PhoneFields> {
  const number = normaliseNumber(raw, writtenIn(country))
  if (number.kind !== 'number') return refuse('NUMBER_UNUSABLE', { raw: raw.slice(0, 40) })
  return number.e164 === null
    ? refuse('NUMBER_NEEDS_COUNTRY')
    : ok({ raw: number.raw, e164: number.e164, nationalKey: number.nationalKey, region: number.region })
}

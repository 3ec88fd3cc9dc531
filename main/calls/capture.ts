import { writtenIn } from '../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../domain/numbers/normalise-number.ts'
import type { CommandArgs } from '../../protocol/commands.ts'
import { ok, refuse, type Result } from '../../protocol/errors.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'

/** What people mostly speak where a number is from; a first guess that anybody may correct. */
const languageOfRegion: Readonly<Record<string, CommandArgs<'customer.capture'>['language']>> = {
  CN: 'zh', TW: 'zh', HK: 'zh', MO: 'zh', DE: 'de', AT: 'de', FR: 'fr', ES: 'es', MX: 'es', PT: 'pt', BR: 'pt', JP: 'ja',
}

/** The command that an unknown caller's form becomes. The number they called from is kept even where nobody typed it. */
export function captureArgs(desk: DeskCall, ids: { customerId: CustomerId; contactPointId: string }, country: string): Result<CommandArgs<'customer.capture'>> {
  const form = desk.draft.content.capture
  const name = form?.name.trim() ?? ''
  const nativeName = form?.nativeName.trim() ?? ''
  const company = form?.company.trim() ?? ''
  const displayName = name || nativeName || company
  if (displayName === '') return refuse('NAME_MISSING')
  const phone = phoneOf(desk, form?.phone.trim() ?? '', country)
  if (!phone.ok) return phone
  return ok({
    ...ids,
    kind: name === '' && nativeName === '' ? 'organisation' : 'person',
    displayName,
    nativeName: nativeName || null,
    organisationId: null,
    city: form?.city.trim() || null,
    language: /\p{Script=Han}/u.test(`${displayName}${nativeName}`) ? 'zh' : languageOfRegion[phone.value?.region ?? ''] ?? 'en',
    phone: phone.value,
  })
}

function phoneOf(desk: DeskCall, typed: string, country: string): Result<CommandArgs<'customer.capture'>['phone']> {
  const called = desk.number
  if (called?.e164 && (typed === '' || typed === called.raw || typed === called.display || typed === called.e164)) return ok(fields(called))
  if (typed === '') return ok(null)
  const number = normaliseNumber(typed, writtenIn(country))
  return number.kind === 'number' ? ok(fields(number)) : refuse('NUMBER_UNUSABLE', { raw: typed.slice(0, 40) })
}

const fields = ({ raw, e164, nationalKey, region }: NonNullable<DeskCall['number']>) => ({ raw, e164, nationalKey, region })

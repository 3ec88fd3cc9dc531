import { idBeside } from '../../domain/id-beside.ts'
import { phoneFieldsOf } from '../../domain/numbers/written-phone.ts'
import type { CommandArgs, WrittenPhone } from '../../protocol/commands.ts'
import { ok, refuse, type Result } from '../../protocol/errors.ts'
import type { Draft } from '../../protocol/draft.ts'
import { CustomerId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'

/** What a call tells about the new customer. */
export type CapturedCall = Pick<DeskCall, 'number' | 'match'>

/** The language that most people speak where a number is from: a first guess that any agent may correct. */
const languageOfRegion: Readonly<Record<string, CommandArgs<'customer.capture'>['language']>> = {
  CN: 'zh',
  TW: 'zh',
  HK: 'zh',
  MO: 'zh',
  DE: 'de',
  AT: 'de',
  FR: 'fr',
  ES: 'es',
  MX: 'es',
  PT: 'pt',
  BR: 'pt',
  JP: 'ja',
}

/**
 * Builds the command from the form for a new customer. The number that they called from is kept even where nobody typed
 * it, unless it is one of our own. `call` is null where they did not call.
 */
export function captureArgs(
  draft: Draft,
  call: CapturedCall | null,
  country: string | null,
): Result<CommandArgs<'customer.capture'>> {
  const form = draft.content.capture
  const name = form?.name.trim() ?? ''
  const nativeName = form?.nativeName.trim() ?? ''
  const company = form?.company.trim() ?? ''
  const displayName = name || nativeName || company
  if (displayName === '') return refuse('NAME_MISSING')
  const kind = name === '' && nativeName === '' ? 'organisation' : 'person'
  const customerId = CustomerId.parse(
    draft.callId === null ? draft.customerId : (form?.id ?? idBeside(draft.interactionId, 'customer')),
  )
  const written = phoneOf(call, form?.phone.trim() ?? '', country)
  const phone = written && phoneFieldsOf(written)
  if (phone && !phone.ok) return phone
  return ok({
    customerId,
    contactPointId: idBeside(customerId, 'number'),
    kind,
    displayName,
    nativeName: nativeName || null,
    ...(kind === 'person' && company !== ''
      ? employer(customerId, company, form?.organisationId ?? null)
      : { organisationId: null, newOrganisation: null }),
    city: form?.city.trim() || null,
    language: /\p{Script=Han}/u.test(`${displayName}${nativeName}`)
      ? 'zh'
      : (languageOfRegion[phone?.value.region ?? ''] ?? 'en'),
    phone: written,
  })
}

/** The company that a new person calls for: one that the agent chose, or a new one that is created with the person. */
const employer = (customerId: CustomerId, company: string, chosen: CustomerId | null) =>
  chosen === null
    ? { organisationId: CustomerId.parse(idBeside(customerId, 'organisation')), newOrganisation: company }
    : { organisationId: chosen, newOrganisation: null }

/**
 * The number to keep: as it came in or as it was typed. Where it can only be read with the rules of the line it came in
 * on, it is kept in its international form instead.
 */
function phoneOf(call: CapturedCall | null, typed: string, country: string | null): WrittenPhone | null {
  const called = call === null || call.match.kind === 'ours' ? null : call.number
  if (called?.e164 && (typed === '' || typed === called.raw || typed === called.display || typed === called.e164)) {
    const asItCame = { raw: called.raw, country: called.region }
    const read = phoneFieldsOf(asItCame)
    return read.ok && read.value.e164 === called.e164 ? asItCame : { raw: called.e164, country: null }
  }
  const raw = typed === '' && called?.kind === 'number' ? called.raw : typed
  return raw === '' ? null : { raw, country }
}

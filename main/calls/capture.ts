import { phoneFieldsOf } from '../../domain/numbers/written-phone.ts'
import type { CommandArgs, WrittenPhone } from '../../protocol/commands.ts'
import { ok, refuse, type Result } from '../../protocol/errors.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'

/** What people mostly speak where a number is from; a first guess that anybody may correct. */
const languageOfRegion: Readonly<Record<string, CommandArgs<'customer.capture'>['language']>> = {
  CN: 'zh', TW: 'zh', HK: 'zh', MO: 'zh', DE: 'de', AT: 'de', FR: 'fr', ES: 'es', MX: 'es', PT: 'pt', BR: 'pt', JP: 'ja',
}

/** The command that an unknown caller's form becomes. The number they called from is kept even where nobody typed it. */
export function captureArgs(desk: DeskCall, ids: { customerId: CustomerId; contactPointId: string }, country: string | null): Result<CommandArgs<'customer.capture'>> {
  const form = desk.draft.content.capture
  const name = form?.name.trim() ?? ''
  const nativeName = form?.nativeName.trim() ?? ''
  const company = form?.company.trim() ?? ''
  const displayName = name || nativeName || company
  if (displayName === '') return refuse('NAME_MISSING')
  const written = phoneOf(desk, form?.phone.trim() ?? '', country)
  const phone = written && phoneFieldsOf(written)
  if (phone && !phone.ok) return phone
  return ok({
    ...ids,
    kind: name === '' && nativeName === '' ? 'organisation' : 'person',
    displayName,
    nativeName: nativeName || null,
    organisationId: null,
    city: form?.city.trim() || null,
    language: /\p{Script=Han}/u.test(`${displayName}${nativeName}`) ? 'zh' : languageOfRegion[phone?.value.region ?? ''] ?? 'en',
    phone: written,
  })
}

/** The number as it is to be kept: as it came or was typed. Where only the line it came in on knew how to read it, as it is dialled from abroad. */
function phoneOf(desk: DeskCall, typed: string, country: string | null): WrittenPhone | null {
  const called = desk.number
  if (called?.e164 && (typed === '' || typed === called.raw || typed === called.display || typed === called.e164)) {
    const asItCame = { raw: called.raw, country: called.region }
    const read = phoneFieldsOf(asItCame)
    return read.ok && read.value.e164 === called.e164 ? asItCame : { raw: called.e164, country: null }
  }
  const raw = typed === '' && called?.kind === 'number' ? called.raw : typed
  return raw === '' ? null : { raw, country }
}

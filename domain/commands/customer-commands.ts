import type { Customer } from '../../protocol/entities.ts'
import type { Refusal } from '../../protocol/errors.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import { phoneFieldsOf } from '../numbers/written-phone.ts'
import { calendarDate } from '../zoned-time.ts'
import {
  allOf,
  changes,
  defineCommand,
  one,
  refused,
  taken,
  unusable,
  upsert,
  type CommandContext,
  type Effect,
  type RowUpsert,
} from './define.ts'

export const captureCustomer = defineCommand('customer.capture', {
  reads: (a) => [one('customer', a.customerId), ...(a.organisationId ? [one('customer', a.organisationId)] : [])],
  effect(rows, a, by) {
    if (rows.get('customer', a.customerId)) return changes()
    const known = a.organisationId ? rows.get('customer', a.organisationId) : null
    // Only a company has people who call for it, and the id of a new company must not belong to anything else.
    if (known && known.kind !== 'organisation') return taken('organisationId')
    if (a.organisationId && !known && a.newOrganisation === null) return refused('CUSTOMER_UNKNOWN')
    if (a.newOrganisation !== null && (a.organisationId === null || a.kind !== 'person'))
      return unusable('newOrganisation', 'wrongForm')
    const phone = a.phone && phoneFieldsOf(a.phone)
    if (phone && !phone.ok) return refusedFor(phone.error)
    const [givenName, familyName] = a.kind === 'person' ? splitName(a.displayName) : [null, null]
    const newcomer = (id: CustomerId, fields: NewcomerFields): RowUpsert =>
      upsert('customer', {
        id,
        // The server's counter gives the number. Until then the last digits of the id stand in, and screens show them as
        // provisional.
        number: by.issueNumber('customer') ?? `new-${id.slice(-6)}`,
        profile: fields.kind === 'organisation' ? 'b2b' : 'retail',
        ...fields,
        language: a.language,
        city: a.city,
        country: phone?.value.region ?? null,
        birthday: null,
        tier: 'prospect',
        customerSince: by.at,
        currency: known?.currency ?? by.currency,
        lifetimeValueMinor: null,
        churnRisk: null,
        creditGrade: null,
        creditLimitMinor: null,
        ownerUserId: by.actor.userId,
        remark: null,
        ...changedNow(by),
        scope: 'org',
      })
    const made: RowUpsert[] = [
      newcomer(a.customerId, {
        kind: a.kind,
        displayName: a.displayName,
        givenName,
        familyName,
        nativeName: a.nativeName,
        organisationId: a.organisationId,
      }),
    ]
    if (a.organisationId && !known && a.newOrganisation !== null) {
      made.unshift(
        newcomer(a.organisationId, {
          kind: 'organisation',
          displayName: a.newOrganisation,
          givenName: null,
          familyName: null,
          organisationId: null,
          nativeName: /\p{Script=Han}/u.test(a.newOrganisation) ? a.newOrganisation : null,
        }),
      )
    }
    if (phone) {
      made.push(
        upsert('contactPoint', {
          id: a.contactPointId,
          customerId: a.customerId,
          kind: 'phone',
          label: 'other',
          ...phone.value,
          emailKey: null,
          preferred: true,
          invalid: false,
          ...changedNow(by),
          scope: 'org',
        }),
      )
    }
    return changes(...made)
  },
})

/** Marks the actor as the user who last changed a row. */
const changedNow = (by: CommandContext): Pick<Customer, 'changedBy' | 'changedAt'> => ({
  changedBy: by.actor.userId,
  changedAt: by.at,
})

/** The fields that differ between the person and the organisation that one form creates. */
type NewcomerFields = Pick<
  Customer,
  'kind' | 'displayName' | 'givenName' | 'familyName' | 'nativeName' | 'organisationId'
>

const refusedFor = ({ code, params }: Refusal): Effect => refused(code, params)

/**
 * Splits a name of two Latin words into given name and family name. Other names are not split: a guess would be wrong
 * as often as right.
 */
function splitName(name: string): [string | null, string | null] {
  const words = name.trim().split(/\s+/)
  return words.length === 2 && /^[\p{Script=Latin}'’.-]+$/u.test(words.join('')) ? [words[0]!, words[1]!] : [null, null]
}

export const changeCustomer = defineCommand('customer.change', {
  reads: (a) => [one('customer', a.customerId)],
  effect(rows, a, by) {
    const customer = rows.get('customer', a.customerId)
    if (!customer) return refused('CUSTOMER_UNKNOWN')
    const { birthday } = a.now
    if (birthday && !birthday.startsWith('--') && birthday > calendarDate(by.at, by.timeZone))
      return unusable('now.birthday', 'inTheFuture')
    const merged: Record<string, unknown> = { ...customer }
    let remark: Refusal | undefined
    for (const field of Object.keys(a.now) as (keyof typeof a.now)[]) {
      if (a.now[field] === undefined || customer[field] === a.now[field]) continue
      // A field conflicts only if a colleague changed it after this user read it: the colleague's value stays, and the
      // user's value is shown beside it.
      if (customer[field] === a.was[field]) Object.assign(merged, { [field]: a.now[field] }, changedNow(by))
      else remark = { code: 'CHANGED_MEANWHILE', params: { field, value: customer[field] ?? '' } }
    }
    const effect = changes(upsert('customer', merged as typeof customer))
    return remark ? ({ ...effect, remark } as Effect) : effect
  },
})

export const addContactPoint = defineCommand('contactPoint.add', {
  reads: (a) => [one('customer', a.customerId), allOf('contactPoint', a.customerId)],
  effect(rows, a, by) {
    if (!rows.get('customer', a.customerId)) return refused('CUSTOMER_UNKNOWN')
    const phone = phoneFieldsOf(a.phone)
    if (!phone.ok) return refusedFor(phone.error)
    const known = rows.ofCustomer('contactPoint', a.customerId)
    const same = known.find((p) => p.kind === 'phone' && p.e164 === phone.value.e164)
    if (same)
      return same.invalid ? changes(upsert('contactPoint', { ...same, invalid: false, ...changedNow(by) })) : changes()
    return changes(
      upsert('contactPoint', {
        id: a.contactPointId,
        customerId: a.customerId,
        kind: 'phone',
        label: a.label,
        ...phone.value,
        emailKey: null,
        preferred: !known.some((p) => p.kind === 'phone'),
        invalid: false,
        ...changedNow(by),
        scope: 'org',
      }),
    )
  },
})

export const pickNumber = defineCommand('number.pick', {
  reads: (a) => [one('customer', a.customerId), allOf('numberPick', a.customerId)],
  effect(rows, a, by) {
    if (!rows.get('customer', a.customerId)) return refused('CUSTOMER_UNKNOWN')
    const earlier = rows.ofCustomer('numberPick', a.customerId).find((p) => p.e164 === a.e164)
    return changes(
      upsert('numberPick', {
        id: earlier?.id ?? a.pickId,
        e164: a.e164,
        customerId: a.customerId,
        verdict: a.verdict,
        times: earlier && earlier.verdict === a.verdict ? earlier.times + 1 : 1,
        pickedBy: by.actor.userId,
        pickedAt: by.at,
        scope: 'org',
      }),
    )
  },
})

import { EARLIER_KEPT } from '../../protocol/entities/preference.ts'
import { mayTakeBack, TAKE_BACK_MS } from '../take-back.ts'
import { untouched } from '../untouched-rows.ts'
import { allOf, changes, defineCommand, one, refused, upsert } from './define.ts'

export const setPreference = defineCommand('preference.set', {
  reads: (a) => [one('customer', a.customerId), allOf('preference', a.customerId)],
  effect(rows, a, by) {
    if (!rows.get('customer', a.customerId)) return refused('CUSTOMER_UNKNOWN')
    // There is one row for each key. The last write in the server's order wins, whoever made it, and the row keeps the
    // earlier values.
    const before = rows.ofCustomer('preference', a.customerId).find((p) => p.key === a.key)
    const earlier = before
      ? [{ value: before.value, notedBy: before.notedBy, notedAt: before.notedAt }, ...before.earlier].slice(
          0,
          EARLIER_KEPT,
        )
      : []
    return changes(
      upsert('preference', {
        id: before?.id ?? a.preferenceId,
        customerId: a.customerId,
        key: a.key,
        value: a.value,
        source: a.source,
        notedBy: by.actor.userId,
        notedAt: by.at,
        confirmedAt: null,
        ...untouched.preference,
        earlier,
        scope: 'org',
      }),
    )
  },
})

export const confirmPreference = defineCommand('preference.confirm', {
  reads: (a) => [one('preference', a.preferenceId)],
  effect(rows, a, by) {
    const preference = rows.get('preference', a.preferenceId)
    if (!preference || preference.customerId !== a.customerId) return refused('ROW_UNKNOWN')
    if (preference.retiredAt !== null) return refused('STEP_NO_LONGER_FITS')
    return changes(upsert('preference', { ...preference, confirmedAt: by.at, confirmedBy: by.actor.userId }))
  },
})

export const retirePreference = defineCommand('preference.retire', {
  reads: (a) => [one('preference', a.preferenceId)],
  effect(rows, a, by) {
    const preference = rows.get('preference', a.preferenceId)
    if (!preference || preference.customerId !== a.customerId) return refused('ROW_UNKNOWN')
    if (preference.retiredAt !== null) return changes()
    return changes(upsert('preference', { ...preference, retiredAt: by.at, retiredBy: by.actor.userId }))
  },
})

export const takePreferenceBack = defineCommand('preference.takeBack', {
  reads: (a) => [one('preference', a.preferenceId)],
  effect(rows, a, by) {
    const preference = rows.get('preference', a.preferenceId)
    if (!preference || preference.customerId !== a.customerId) return refused('ROW_UNKNOWN')
    const { retiredAt, retiredBy } = preference
    if (retiredAt === null) return changes()
    if (!mayTakeBack({ doneBy: retiredBy, doneAt: retiredAt }, by.actor, by.at))
      return refused('TAKE_BACK_TOO_LATE', { minutes: TAKE_BACK_MS / 60_000 })
    return changes(upsert('preference', { ...preference, retiredAt: null, retiredBy: null }))
  },
})

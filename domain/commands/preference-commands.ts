import { allOf, changes, defineCommand, one, refused, upsert } from './define.ts'

export const setPreference = defineCommand('preference.set', {
  reads: (a) => [one('customer', a.customerId), allOf('preference', a.customerId)],
  effect(rows, a, by) {
    if (!rows.get('customer', a.customerId)) return refused('CUSTOMER_UNKNOWN')
    // One row a key: the last in the server's order wins, whoever noted it.
    const earlier = rows.ofCustomer('preference', a.customerId).find((p) => p.key === a.key)
    return changes(upsert('preference', {
      id: earlier?.id ?? a.preferenceId, customerId: a.customerId, key: a.key, value: a.value, source: a.source,
      notedBy: by.actor.userId, notedAt: by.at, confirmedAt: null, scope: 'org',
    }))
  },
})

export const confirmPreference = defineCommand('preference.confirm', {
  reads: (a) => [one('preference', a.preferenceId)],
  effect(rows, a, by) {
    const preference = rows.get('preference', a.preferenceId)
    if (!preference) return refused('ROW_UNKNOWN')
    return changes(upsert('preference', { ...preference, confirmedAt: by.at }))
  },
})

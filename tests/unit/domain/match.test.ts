import { describe, expect, test } from 'vitest'
import { rankCandidates, type FoundCustomer } from '../../../domain/matching/rank-candidates.ts'
import type { Customer } from '../../../protocol/entities.ts'
import type { ShownNumber } from '../../../protocol/match.ts'

const number: ShownNumber = {
  kind: 'number',
  raw: '13800138000',
  e164: '+8613800138000',
  nationalKey: 'CN:13800138000',
  region: 'CN',
  display: '+86 138 0013 8000',
}
const withheld: ShownNumber = { kind: 'withheld', raw: '', e164: null, nationalKey: null, region: null, display: '' }

const found = (name: string, more: Partial<FoundCustomer> = {}): FoundCustomer => ({
  customer: {
    id: `id-${name}`,
    number: name,
    displayName: name,
    nativeName: null,
    city: null,
    tier: 'small',
  } as Customer,
  organisationName: null,
  via: 'exact',
  pick: null,
  lastContactAt: null,
  openComplaint: false,
  openOrder: false,
  callbackDue: false,
  sameOrganisation: false,
  ...more,
})
const names = (match: ReturnType<typeof rankCandidates>) =>
  match.kind === 'one' || match.kind === 'several' ? match.candidates.map((c) => c.displayName) : []

describe('the customer of a call', () => {
  test('a single whole match opens without a choice', () => {
    expect(rankCandidates(number, false, [found('Li')])).toMatchObject({ kind: 'one', customerId: 'id-Li' })
  })

  test('a suffix hit is a labelled suggestion and never opens, even alone', () => {
    expect(rankCandidates(number, false, [found('Li', { via: 'suffix' })])).toMatchObject({
      kind: 'none',
      suggestions: [{ reasons: [{ code: 'suffix' }] }],
    })
  })

  test('a suffix hit does not make a whole match ambiguous', () => {
    expect(rankCandidates(number, false, [found('Chen', { via: 'suffix' }), found('Li')])).toMatchObject({
      kind: 'one',
      customerId: 'id-Li',
    })
  })

  test('a withheld caller matches nobody, whatever the lookup found', () => {
    expect(rankCandidates(withheld, false, [found('Li')])).toEqual({ kind: 'withheld' })
  })

  test('a withheld caller who entered an account number is that customer', () => {
    expect(rankCandidates(withheld, false, [found('Li', { via: 'collected' })])).toMatchObject({
      kind: 'one',
      customerId: 'id-Li',
    })
  })

  test('one of our own lines matches nobody', () => {
    expect(rankCandidates(number, true, [found('Li')])).toEqual({ kind: 'ours' })
  })

  test('of several candidates the one that was picked before opens, and the others can still be chosen', () => {
    const match = rankCandidates(number, false, [
      found('Chen', { openComplaint: true }),
      found('Li', { pick: { verdict: 'them', times: 1, at: 5 } }),
    ])
    expect(match).toMatchObject({ kind: 'one', customerId: 'id-Li' })
    expect(names(match)).toEqual(['Li', 'Chen'])
  })

  test('where both were picked at some time, it asks again with the latest pick first', () => {
    const match = rankCandidates(number, false, [
      found('Chen', { pick: { verdict: 'them', times: 9, at: 5 } }),
      found('Li', { pick: { verdict: 'them', times: 1, at: 6 } }),
    ])
    expect(match.kind).toBe('several')
    expect(names(match)).toEqual(['Li', 'Chen'])
  })

  test('a candidate whom an agent rejected never opens without a choice', () => {
    expect(rankCandidates(number, false, [found('Li', { pick: { verdict: 'notThem', times: 1, at: 5 } })]).kind).toBe(
      'none',
    )
    expect(
      rankCandidates(number, false, [found('Li', { pick: { verdict: 'notThem', times: 1, at: 5 } }), found('Chen')]),
    ).toMatchObject({ kind: 'one', customerId: 'id-Chen' })
  })

  test('several candidates are ranked by their open matters, then by the last contact, and each says why', () => {
    const match = rankCandidates(number, false, [
      found('A', { lastContactAt: 9 }),
      found('B', { openOrder: true }),
      found('C', { callbackDue: true }),
      found('D', { lastContactAt: 10 }),
    ])
    expect(names(match)).toEqual(['C', 'B', 'D', 'A'])
    expect(match.kind === 'several' && match.candidates[0]!.reasons.map((r) => r.code)).toEqual([
      'exactNumber',
      'callbackDue',
    ])
  })

  test('a customer with the number twice counts once', () => {
    expect(rankCandidates(number, false, [found('Li'), found('Li', { via: 'national' })])).toMatchObject({
      kind: 'one',
    })
  })
})

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCache } from '../../../db/files/cache-file.ts'
import type { WritableDb } from '../../../db/handles.ts'
import { findCallers } from '../../../db/queries/number-lookup.ts'
import { searchCustomers } from '../../../db/queries/search/search-customers.ts'
import { putRow } from '../../../db/rows/store.ts'
import { rankCandidates } from '../../../domain/matching/rank-candidates.ts'
import { writtenIn } from '../../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../../domain/numbers/normalise-number.ts'
import { phoneFieldsOf } from '../../../domain/numbers/written-phone.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { entityExamples } from '../../support/entity-examples.ts'

let folder: string
let db: WritableDb

/** Stores a customer with a number as it was written where it was entered. */
function stored(number: string, raw: string, e164 = ''): void {
  const read = phoneFieldsOf({ raw, country: null })
  const fields = read.ok ? read.value : { raw, e164: e164 || null, nationalKey: null, region: null }
  const customer = { ...entityExamples.customer(), number, organisationId: null }
  putRow(db, 'customer', customer)
  putRow(db, 'contactPoint', { ...entityExamples.contactPoint(), customerId: customer.id, ...fields })
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-lookup-'))
  db = openCache(join(folder, 'cache.db'), randomBytes(32).toString('hex'))
  stored('MX', '+52 55 1234 5678')
  stored('MX-OLD', '+52 1 33 8765 4321', '+5213387654321')
  stored('MX-RAW', '+52 1 81 2222 3333')
  stored('AR', '+54 9 11 2345-6789')
  stored('BR', '+55 11 98765-1111')
  stored('CI', '+225 07 07 12 34 56')
  stored('VN', '+84 70 312 3456')
  stored('CN', '+86 136 3650 2691')
  stored('US', '+1 363 650 2691')
})

afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const match = (raw: string, country: string | null = 'CN') => {
  const number = normaliseNumber(raw, writtenIn(country))
  const ranked = rankCandidates(number, false, findCallers(db, number, null, Date.now()))
  return ranked.kind === 'none'
    ? { kind: ranked.kind, found: ranked.suggestions }
    : ranked.kind === 'one'
      ? { kind: ranked.kind, found: ranked.candidates }
      : { kind: ranked.kind, found: [] }
}

describe('a caller whose number is written in another numbering plan', () => {
  test.each([
    ['+52 1 55 1234 5678', 'MX'],
    ['5215512345678', 'MX'],
    ['044 55 1234 5678', 'MX'],
    ['sip:+5215512345678@carrier', 'MX'],
    ['+52 33 8765 4321', 'MX-OLD'],
    ['+52 81 2222 3333', 'MX-RAW'],
    ['+54 11 2345 6789', 'AR'],
    ['+55 11 8765-1111', 'BR'],
    ['+225 07 12 34 56', 'CI'],
    ['+84 120 312 3456', 'VN'],
  ])('%s is a suggestion that says so, and does not open without a choice', (raw, customer) => {
    const { kind, found } = match(raw)
    expect([kind, found.map(({ number, reasons }) => [number, reasons[0]])]).toEqual([
      'none',
      [[customer, { code: 'suffix' }]],
    ])
  })

  test('Argentina’s 15 and its 9 are the same number', () => {
    expect(match('+54 11 15 2345 6789 x7')).toMatchObject({ kind: 'one', found: [{ number: 'AR' }] })
  })

  test.each([
    ['+52 1 55 1234 5678', 'MX'],
    ['5215512345678', 'MX'],
    ['+52 33 8765 4321', 'MX-OLD'],
    ['+55 11 8765-1111', 'BR'],
    ['+22507123456', 'CI'],
  ])('%s is found in the search', (raw, customer) => {
    expect(searchCustomers(db, raw, 5).map(({ number, foundBy }) => [number, foundBy])).toEqual([[customer, 'phone']])
  })
})

test('the country code of a number decides whose it is', () => {
  expect(match('+13636502691')).toMatchObject({ kind: 'one', found: [{ number: 'US' }] })
  expect(match('13636502691')).toMatchObject({ kind: 'one', found: [{ number: 'CN' }] })
})

test.each([
  'tel:+8613636502691',
  '\u202a+86 136-3650-2691\u202c',
  '１３６ ３６５０ ２６９１',
  'Li Wei <13636502691>',
  '"Li Wei" <sip:13636502691@pbx>',
  '13636502691 转 12',
  '136\u20113650\u20112691',
  '١٣٦٣٦٥٠٢٦٩١',
])('%s opens the customer who has it, and the search finds it written so', (raw) => {
  expect(match(raw)).toMatchObject({ kind: 'one', found: [{ number: 'CN' }] })
  expect(searchCustomers(db, raw, 5).map(({ number, foundBy }) => `${number} ${foundBy}`)).toContain('CN phone')
})

test.each(['Anonymous <anonymous>', '私人号码', 'Anonymous <13636502691>'])('%s matches nobody', (raw) => {
  const number = normaliseNumber(raw, writtenIn('CN'))
  expect(rankCandidates(number, false, findCallers(db, number, null, Date.now()))).toEqual({ kind: 'withheld' })
})

test('of two customers who share a number the one with the last conversation comes first, and an unanswered call does not count', () => {
  stored('SPOKEN', '+86 137 0000 1111')
  stored('MISSED', '+86 137 0000 1111')
  const idOf = (number: string): CustomerId =>
    db.get<{ id: CustomerId }>('SELECT "id" FROM "customer" WHERE "number" = ?', number)!.id
  const spoken = Date.now() - 9 * 86_400_000
  putRow(db, 'interaction', { ...entityExamples.interaction(), customerId: idOf('SPOKEN'), startedAt: spoken })
  putRow(db, 'interaction', {
    ...entityExamples.interaction(),
    customerId: idOf('MISSED'),
    startedAt: Date.now() - 60_000,
    callId: 'c-9',
    userId: null,
    direction: 'in',
  })
  const number = normaliseNumber('+8613700001111', writtenIn('CN'))
  const ranked = rankCandidates(number, false, findCallers(db, number, null, Date.now()))
  const lastContacts =
    ranked.kind === 'several'
      ? ranked.candidates.map((one) => [one.number, one.reasons.filter(({ code }) => code === 'lastContact')])
      : []
  expect(lastContacts).toEqual([
    ['SPOKEN', [{ code: 'lastContact', at: spoken }]],
    ['MISSED', []],
  ])
})

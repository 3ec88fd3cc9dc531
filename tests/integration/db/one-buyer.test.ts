import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { applyChanges } from '../../../db/apply/apply-changes.ts'
import { effectOf } from '../../../db/apply/optimistic.ts'
import { openCache } from '../../../db/files/cache-file.ts'
import type { WritableDb } from '../../../db/handles.ts'
import { customerRecord } from '../../../db/queries/customer-record.ts'
import { priceMemory } from '../../../db/queries/price-memory.ts'
import { customerTimeline } from '../../../db/queries/timeline.ts'
import { putRow } from '../../../db/rows/store.ts'
import type { Customer, EntityName, Row } from '../../../protocol/entities.ts'
import type { CallId } from '../../../protocol/scalars.ts'
import { CustomerRecord, PriceMemory, RECORD_LIST_LIMIT, type TimelineEntry } from '../../../protocol/record.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const NOW = Date.UTC(2026, 10, 20, 4)
const DAY = 86_400_000
const context = { now: NOW, timeZone: 'Asia/Shanghai' }

const customer = (fields: Partial<Customer>): Customer => ({
  ...entityExamples.customer(),
  organisationId: null,
  ownerUserId: null,
  creditGrade: null,
  creditLimitMinor: null,
  ...fields,
})
const huaxin = customer({
  kind: 'organisation',
  profile: 'b2b',
  displayName: 'Huaxin Plastics',
  nativeName: '华鑫塑料',
  creditGrade: 'B',
  creditLimitMinor: 5_000_000,
})
const liWei = customer({ displayName: 'Li Wei', nativeName: '李伟', profile: 'b2b', organisationId: huaxin.id })
const chenJie = customer({ displayName: 'Chen Jie', nativeName: '陈杰', profile: 'b2b', organisationId: huaxin.id })
const stranger = customer({ displayName: 'Somebody Else' })

let db: WritableDb

beforeEach(() => {
  db = openCache(join(tempFolder(), 'cache.db'), randomBytes(32).toString('hex'))
  onTestFinished(() => db.close())
  for (const row of [huaxin, liWei, chenJie, stranger]) putRow(db, 'customer', { ...row })
})

/** Writes an example of an entity for a customer. */
function add<E extends EntityName>(entity: E, of: Customer, fields: Partial<Row<E>> = {}): Row<E> {
  const row = { ...entityExamples[entity](), customerId: of.id, ...fields }
  putRow(db, entity, { ...row })
  return row
}
const record = (of: Customer) => CustomerRecord.parse(customerRecord(db, of.id, context))
const ids = (rows: readonly { readonly id: string }[]) => rows.map((row) => row.id)

describe('the record of somebody who calls for an organisation', () => {
  it('holds what is open with the organisation together with what is open with them, the most pressing first', () => {
    const promised = add('task', liWei, { status: 'open', dueAt: NOW + 3 * DAY })
    const overdue = add('invoice', huaxin, { status: 'open', dueOn: '2026-11-01' })
    const late = add('complaint', huaxin, { closedAt: null, dueAt: NOW - DAY })
    expect(record(liWei).openMatters.map((matter) => [matter.row.id, matter.row.customerId])).toEqual([
      [late.id, huaxin.id],
      [overdue.id, huaxin.id],
      [promised.id, liWei.id],
    ])
  })

  it('lists orders, invoices, quotes, complaints and tasks of both, and says whose each one is', () => {
    const order = add('order', huaxin, { placedAt: NOW - DAY })
    const shipment = add('shipment', huaxin, { orderId: order.id })
    const own = add('order', liWei, { placedAt: NOW - 2 * DAY })
    const [invoice, payment, quote, complaint, task, preference] = (
      ['invoice', 'payment', 'quote', 'complaint', 'task', 'preference'] as const
    ).map((entity) => add(entity, huaxin))
    const shown = record(liWei)
    expect(shown.orders.map((entry) => [entry.order.id, ...ids(entry.shipments)])).toEqual([
      [order.id, shipment.id],
      [own.id],
    ])
    expect(
      [shown.invoices, shown.payments, shown.quotes, shown.complaints, shown.tasks, shown.preferences].map((rows) =>
        rows.map((row) => [row.id, row.customerId]),
      ),
    ).toEqual([invoice, payment, quote, complaint, task, preference].map((row) => [[row!.id, huaxin.id]]))
    expect(shown.timeline.entries.filter((entry) => entry.row.customerId === huaxin.id).length).toBe(7)
  })

  it('names the user who entered something for the organisation', () => {
    const zhang = { ...entityExamples.user(), displayName: 'Zhang Min' }
    putRow(db, 'user', { ...zhang })
    add('quote', huaxin, { issuedBy: zhang.id })
    expect(record(liWei).people.map((person) => person.displayName)).toEqual(['Zhang Min'])
  })

  it('shows the credit of the organisation, separate from their own', () => {
    add('invoice', huaxin, { status: 'open', dueOn: '2026-11-01', totalMinor: 320_000, paidMinor: 20_000 })
    add('invoice', liWei, { status: 'open', dueOn: '2026-12-01', totalMinor: 5000, paidMinor: 0 })
    const shown = record(liWei)
    expect(shown.organisationCredit).toEqual({
      grade: 'B',
      limitMinor: 5_000_000,
      usedMinor: 300_000,
      overdueMinor: 300_000,
      currency: huaxin.currency,
      others: [],
    })
    expect(shown.credit).toMatchObject({ grade: null, limitMinor: null, usedMinor: 5000, overdueMinor: 0 })
    expect(record(stranger).organisationCredit).toBeNull()
  })

  it('shows nothing of what a colleague of theirs said, and nothing of strangers', () => {
    for (const other of [chenJie, stranger])
      for (const entity of ['interaction', 'order', 'complaint', 'preference'] as const) add(entity, other)
    const shown = record(liWei)
    expect([shown.timeline.entries, shown.orders, shown.complaints, shown.preferences, shown.contacts]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ])
  })

  it('is no longer than any other, however much the organisation buys: it lists the newest of both', () => {
    const own = add('order', liWei, { placedAt: NOW - DAY, status: 'delivered' })
    for (let n = 0; n < RECORD_LIST_LIMIT + 20; n++)
      add('order', huaxin, { placedAt: NOW - (2 + n) * DAY, status: 'delivered' })
    const shown = record(liWei)
    expect(shown.orders.length).toBe(RECORD_LIST_LIMIT)
    expect(shown.orders[0]!.order.id).toBe(own.id)
    expect(shown.facts.orderCount).toBe(1)
  })

  it('shows the whole debt even if more invoices are open than it lists', () => {
    for (let n = 0; n < RECORD_LIST_LIMIT + 5; n++)
      add('invoice', huaxin, {
        issuedAt: NOW - n * DAY,
        status: 'open',
        dueOn: '2026-12-30',
        totalMinor: 100,
        paidMinor: 0,
      })
    expect(record(liWei).organisationCredit?.usedMinor).toBe((RECORD_LIST_LIMIT + 5) * 100)
  })
})

describe('debts in several currencies', () => {
  it('are never one sum: amounts in another currency than the credit are shown beside it', () => {
    add('invoice', huaxin, {
      status: 'open',
      dueOn: '2026-11-01',
      totalMinor: 320_000,
      paidMinor: 20_000,
      currency: 'CNY',
    })
    add('invoice', huaxin, { status: 'open', dueOn: '2026-12-01', totalMinor: 120_000, paidMinor: 0, currency: 'EUR' })
    add('invoice', huaxin, {
      status: 'open',
      dueOn: '2026-11-02',
      totalMinor: 5_000,
      paidMinor: 1_000,
      currency: 'EUR',
    })
    add('invoice', huaxin, {
      status: 'paid',
      dueOn: '2026-11-02',
      totalMinor: 5_000,
      paidMinor: 5_000,
      currency: 'USD',
    })
    const owed = {
      usedMinor: 300_000,
      overdueMinor: 300_000,
      currency: 'CNY',
      others: [{ currency: 'EUR', usedMinor: 124_000, overdueMinor: 4_000 }],
    }
    expect(record(huaxin).credit).toMatchObject(owed)
    expect(record(liWei).organisationCredit).toMatchObject(owed)
  })

  it('are told apart even if more invoices are open than are listed', () => {
    for (let n = 0; n < RECORD_LIST_LIMIT + 5; n++)
      add('invoice', huaxin, {
        issuedAt: NOW - n * DAY,
        status: 'open',
        dueOn: '2026-12-30',
        totalMinor: 100,
        paidMinor: 0,
        currency: n % 2 === 0 ? 'CNY' : 'JPY',
      })
    expect(record(huaxin).credit).toMatchObject({
      usedMinor: 5300,
      others: [{ currency: 'JPY', usedMinor: 5200, overdueMinor: 0 }],
    })
  })

  it('keep orders in another currency out of the revenue, even if there are more orders than are listed', () => {
    for (let n = 0; n < RECORD_LIST_LIMIT + 5; n++)
      add('order', huaxin, {
        placedAt: NOW - n * DAY,
        status: 'delivered',
        totalMinor: 100,
        currency: n === 0 ? 'EUR' : 'CNY',
      })
    expect(record(huaxin).facts).toMatchObject({
      orderCount: 105,
      revenueMinor: 10_400,
      otherRevenue: [{ currency: 'EUR', amountMinor: 100 }],
    })
  })
})

describe('the record of an organisation', () => {
  it('shows its people with their number and their last contact, the latest caller first', () => {
    add('contactPoint', liWei, {
      raw: '139 1111 2222',
      e164: '+8613911112222',
      preferred: true,
      invalid: false,
      kind: 'phone',
    })
    add('interaction', chenJie, { startedAt: NOW - DAY })
    add('interaction', chenJie, { startedAt: NOW - 9 * DAY })
    const shown = record(huaxin)
    expect(shown.contacts).toEqual([
      {
        customerId: chenJie.id,
        number: chenJie.number,
        displayName: 'Chen Jie',
        nativeName: '陈杰',
        phone: null,
        shownPhone: null,
        lastContactAt: NOW - DAY,
      },
      {
        customerId: liWei.id,
        number: liWei.number,
        displayName: 'Li Wei',
        nativeName: '李伟',
        phone: '+8613911112222',
        shownPhone: '+86 139 1111 2222',
        lastContactAt: null,
      },
    ])
    expect(shown.facts.lastContactAt).toBe(NOW - DAY)
  })

  it('does not take a call that nobody answered for a contact, however many there are', () => {
    add('interaction', chenJie, { startedAt: NOW - 5 * DAY })
    const missed = {
      callId: 'c-1' as CallId,
      userId: null,
      direction: 'in',
      channel: 'phone',
      note: '',
      talkMs: null,
    } as const
    for (let n = 1; n <= RECORD_LIST_LIMIT + 5; n++)
      add('interaction', chenJie, { ...missed, startedAt: NOW - n * 60_000 })
    add('interaction', liWei, { ...missed, startedAt: NOW - DAY })
    add('interaction', liWei, { ...missed, userId: null, callId: null, startedAt: NOW - 8 * DAY })
    const shown = record(huaxin)
    expect(shown.contacts.map(({ customerId, lastContactAt }) => [customerId, lastContactAt])).toEqual([
      [chenJie.id, NOW - 5 * DAY],
      [liWei.id, NOW - 8 * DAY],
    ])
    expect(shown.facts.lastContactAt).toBe(NOW - 5 * DAY)
    expect(record(chenJie).facts.lastContactAt).toBe(NOW - 5 * DAY)
  })

  it('holds what its people said and were promised, and says whose each one is', () => {
    const said = add('interaction', chenJie, { startedAt: NOW - DAY })
    const promised = add('task', liWei, { status: 'open', dueAt: NOW - DAY, createdAt: NOW - 2 * DAY })
    const told = add('quote', liWei, { issuedAt: NOW - 3 * DAY })
    add('interaction', stranger)
    const shown = record(huaxin)
    expect(shown.openMatters.map((matter) => [matter.row.id, matter.row.customerId])).toContainEqual([
      promised.id,
      liWei.id,
    ])
    expect(shown.timeline.entries.map((entry) => [entry.kind, entry.row.id])).toEqual([
      ['interaction', said.id],
      ['task', promised.id],
      ['quote', told.id],
    ])
    expect(ids(shown.quotes)).toEqual([told.id])
  })
})

describe('the history page by page', () => {
  it.each([
    ['somebody of the organisation', liWei, huaxin],
    ['the organisation', huaxin, liWei],
  ])('of %s continues through the rows of both, each once', (_, of, other) => {
    const all: { id: string; at: number }[] = []
    for (let n = 0; n < 200; n++) {
      const at = NOW - n * DAY
      all.push({ id: add('interaction', n % 3 === 0 ? of : other, { startedAt: at }).id, at })
    }
    const first = record(of).timeline
    const seen: TimelineEntry[] = [...first.entries]
    for (let { before } = first; before !== null;) {
      const page = customerTimeline(db, of.id, before)
      seen.push(...page.entries)
      before = page.before
    }
    expect(seen.map((entry) => entry.row.id)).toEqual(all.map((row) => row.id))
    expect(customerTimeline(db, of.id, null)).toEqual(first)
  })
})

describe('what was said about a price', () => {
  it('to an organisation or to anybody there counts as said to all of them, and as an open price of nobody else', () => {
    const product = entityExamples.product()
    putRow(db, 'product', { ...product })
    const line = { ...entityExamples.quote().lines[0]!, productId: product.id }
    const quoted = (to: Customer, daysAgo: number) =>
      add('quote', to, { issuedAt: NOW - daysAgo * DAY, validUntil: NOW + DAY, status: 'issued', lines: [line] })
    const [toOrganisation, toColleague, toStranger] = [quoted(huaxin, 1), quoted(chenJie, 2), quoted(stranger, 3)]
    const paid = add('order', huaxin, { lines: [{ ...entityExamples.order().lines[0]!, productId: product.id }] })
    const memory = PriceMemory.parse(priceMemory(db, liWei.id, product.id, NOW))
    expect(memory.toldBefore.map((told) => [told.quoteId, told.to?.displayName])).toEqual([
      [toOrganisation.id, 'Huaxin Plastics'],
      [toColleague.id, 'Chen Jie'],
    ])
    expect(memory.openWithColleagues.map((open) => open.quoteId)).toEqual([toStranger.id])
    expect(memory.paidBefore.map((one) => one.orderId)).toEqual([paid.id])
    expect(
      PriceMemory.parse(priceMemory(db, huaxin.id, product.id, NOW)).toldBefore.map((told) => told.to?.displayName),
    ).toEqual([undefined, 'Chen Jie'])
  })

  it('lists every price that was paid in one order, each once', () => {
    const product = entityExamples.product()
    putRow(db, 'product', { ...product })
    const line = { ...entityExamples.order().lines[0]!, productId: product.id }
    add('order', liWei, { lines: [1200, 1200, 1000].map((unitPriceMinor) => ({ ...line, unitPriceMinor })) })
    expect(
      PriceMemory.parse(priceMemory(db, liWei.id, product.id, NOW)).paidBefore.map((one) => one.unitPriceMinor),
    ).toEqual([1200, 1000])
  })
})

describe('the price that a new price is compared with', () => {
  const product = entityExamples.product()
  const line = { ...entityExamples.quote().lines[0]!, productId: product.id }
  const told = (to: Customer, daysAgo: number, unitPriceMinor: number, fields: Partial<Row<'quote'>> = {}) =>
    add('quote', to, {
      issuedAt: NOW - daysAgo * DAY,
      validUntil: NOW + DAY,
      status: 'issued',
      lines: [{ ...line, unitPriceMinor }],
      ...fields,
    })
  const memory = (of: Customer) => PriceMemory.parse(priceMemory(db, of.id, product.id, NOW))
  /** The rule's refusal of a price without a reason. */
  const refusedFor = (of: Customer, unitPriceMinor: number) =>
    effectOf(db, {
      seq: 1,
      name: 'quote.issue',
      version: 1,
      userId: entityExamples.user().id,
      role: 'agent',
      at: NOW,
      timeZone: 'UTC',
      currency: 'CNY',
      args: {
        quoteId: crypto.randomUUID(),
        customerId: of.id,
        supersedes: null,
        validUntil: NOW + DAY,
        followUpTaskId: crypto.randomUUID(),
        lines: [{ productId: product.id, quantity: 1, unitPriceMinor, reason: null }],
      },
    })
  beforeEach(() => putRow(db, 'product', { ...product }))

  it.each([
    ['somebody there', liWei, chenJie],
    ['the organisation', huaxin, liWei],
    ['somebody there', chenJie, huaxin],
  ])('for %s is the price that the price memory shows for all of them', (_, of, to) => {
    told(of, 9, 11_000)
    const newest = told(to, 1, 12_345)
    told(stranger, 0, 9_999)
    expect(memory(of).heldAgainst).toEqual({ quoteId: newest.id, unitPriceMinor: 12_345, currency: 'CNY' })
    expect(refusedFor(of, 12_345).kind).toBe('changes')
    expect(refusedFor(of, 11_000)).toMatchObject({
      kind: 'refused',
      error: { params: { reference: 'told', referenceMinor: 12_345 } },
    })
  })

  it('stays in the memory however many later quotes count no more, and the memory has an end', () => {
    const held = told(huaxin, 400, 12_345)
    for (let n = 0; n < 150; n++)
      told(n % 2 === 0 ? liWei : huaxin, n, 10_000 + n, { status: n % 3 === 0 ? 'superseded' : 'rejected' })
    const shown = memory(chenJie)
    expect(shown.toldBefore).toHaveLength(20)
    expect(shown.toldBefore.at(-1)!.quoteId).toBe(held.id)
    expect(shown.heldAgainst?.quoteId).toBe(held.id)
    expect(refusedFor(chenJie, 12_345).kind).toBe('changes')
  })

  it('is found among more quotes of other products than a record lists', () => {
    told(liWei, 400, 12_345)
    for (let n = 0; n < RECORD_LIST_LIMIT + 5; n++) add('quote', liWei, { issuedAt: NOW - n * DAY, status: 'issued' })
    expect(memory(liWei).heldAgainst?.unitPriceMinor).toBe(12_345)
  })

  it('is the list price if a quote names the product only in its text', () => {
    add('quote', liWei, {
      issuedAt: NOW,
      status: 'issued',
      lines: [{ ...line, productId: crypto.randomUUID(), name: `as ${product.id}` }],
    })
    expect(memory(liWei)).toMatchObject({ toldBefore: [], heldAgainst: null })
  })
})

describe('a change', () => {
  it.each([
    ['of the organisation concerns its people', huaxin, [huaxin, liWei, chenJie]],
    ['of somebody there concerns the organisation', liWei, [liWei, huaxin]],
    ['of a stranger only the stranger', stranger, [stranger]],
  ])('%s', (_, of, concerned) => {
    const row = { ...entityExamples.order(), customerId: of.id }
    const touched = applyChanges(db, [{ entity: 'order', id: row.id, version: 1, row: { ...row } }], null, [])
    expect(touched.customerIds?.toSorted()).toEqual(concerned.map((one) => one.id as string).toSorted())
  })

  it('of the organisation that somebody calls for also concerns the organisation that they left and its people', () => {
    const other = customer({ kind: 'organisation', displayName: 'Beijing Tools' })
    putRow(db, 'customer', { ...other })
    const moved = { ...liWei, organisationId: other.id, version: 2 }
    const touched = applyChanges(db, [{ entity: 'customer', id: liWei.id, version: 2, row: moved }], null, [])
    expect(touched.customerIds?.toSorted()).toEqual(
      [liWei, huaxin, chenJie, other].map((one) => one.id as string).toSorted(),
    )
  })
})

import { calendarDate } from '../../../domain/zoned-time.ts'
import type { Customer } from '../../../protocol/entities.ts'
import type { CustomerRecord, OpenMatter, TimelineEntry } from '../../../protocol/record.ts'
import {
  colleagues,
  complaint,
  customerId,
  DAY,
  HOUR,
  interaction,
  invoice,
  MINUTE,
  order,
  payment,
  person,
  phone,
  preference,
  quote,
  shipment,
  stay,
  task,
  userId,
} from './rows.ts'

const people = colleagues.map(({ userId: id, displayName, nativeName }) => ({ userId: id, displayName, nativeName }))

const notes = [
  'Asked where 88121 is. Shipped Tuesday with SF, told the tracking number.',
  '客户询问发票抬头，已按新抬头重开，邮件已发。',
  'Wants the price of PX-9 for 200 kg held until the end of the month.',
  '要求周五前回电确认交期，已与仓库核对，周四发出。',
  'Thanked for the quick replacement. Will order again in spring.',
]

export const customers = {
  liWei: person(1, {
    displayName: 'Li Wei',
    givenName: 'Wei',
    familyName: 'Li',
    nativeName: '李伟',
    profile: 'b2b',
    organisationId: customerId(10),
    tier: 'top',
    birthday: '1984-11-24',
    lifetimeValueMinor: 21_400_000,
    churnRisk: 'low',
  }),
  huaxin: person(10, {
    displayName: 'Huaxin Plastics Co., Ltd.',
    nativeName: '华鑫塑料有限公司',
    kind: 'organisation',
    profile: 'b2b',
    tier: 'top',
    creditGrade: 'A',
    creditLimitMinor: 5_000_000,
  }),
  emma: person(2, {
    displayName: 'Emma Thompson',
    givenName: 'Emma',
    familyName: 'Thompson',
    profile: 'hotel',
    language: 'en',
    city: 'Manchester',
    country: 'GB',
    birthday: '--11-22',
    tier: 'large',
    lifetimeValueMinor: 8_930_000,
  }),
  wangFang: person(3, {
    displayName: 'Wang Fang',
    nativeName: '王芳',
    tier: 'medium',
    lifetimeValueMinor: 1_240_000,
    churnRisk: 'high',
    city: 'Guangzhou',
  }),
  wangQiang: person(4, { displayName: 'Wang Qiang', nativeName: '王强', tier: 'small', city: 'Guangzhou' }),
  chen: person(5, { displayName: 'Chen Xiaoming', nativeName: '陈晓明', tier: 'medium', city: 'Dongguan' }),
} satisfies Record<string, Customer>

const empty = (customer: Customer): CustomerRecord => ({
  customer,
  organisation: null,
  contacts: [],
  organisationCredit: null,
  contactPoints: [],
  people,
  openMatters: [],
  timeline: { entries: [], before: null },
  orders: [],
  invoices: [],
  payments: [],
  credit: {
    grade: customer.creditGrade,
    limitMinor: customer.creditLimitMinor,
    usedMinor: 0,
    overdueMinor: 0,
    currency: 'CNY',
    others: [],
  },
  quotes: [],
  complaints: [],
  preferences: [],
  stays: [],
  tasks: [],
  facts: {
    orderCount: 0,
    revenueMinor: 0,
    otherRevenue: [],
    firstOrderAt: null,
    lastOrderAt: null,
    lastContactAt: null,
    stayCount: 0,
    birthdayInDays: null,
    spendByMonth: [],
    otherSpend: [],
  },
  historyFrom: null,
  unconfirmed: [],
})

const months = (now: number, spend: (n: number) => number) =>
  Array.from({ length: 24 }, (_, n) => {
    const date = new Date(now)
    date.setUTCDate(1)
    date.setUTCMonth(date.getUTCMonth() - (23 - n))
    return { month: date.toISOString().slice(0, 7), amountMinor: spend(n) }
  })

const newestFirst = (entries: TimelineEntry[]): TimelineEntry[] => entries.toSorted((a, b) => b.at - a.at)

/** What the organisation also owes in another currency, for tools from abroad. */
const owedInEuro = [{ currency: 'EUR', usedMinor: 120_000, overdueMinor: 4_000 }]

/** A business customer of six years with more than 200 rows. */
export function businessRecord(now: number): CustomerRecord {
  const { liWei, huaxin } = customers
  const orders = Array.from({ length: 60 }, (_, n) =>
    order(
      liWei.id,
      121 - n,
      now - (4 + n * 31) * DAY,
      n === 0 ? 'shipped' : 'delivered',
      182_000 + ((n * 7919) % 90) * 1_000,
    ),
  )
  const shipments = orders.map((o, n) => shipment(o, o.placedAt + DAY, n > 0))
  // The debts belong to the organisation.
  const invoices = orders.slice(0, 40).map((o, n) => ({
    ...invoice(o, 40 - n, n === 1 ? now - 9 * DAY : o.placedAt + 30 * DAY, n > 1),
    customerId: huaxin.id,
  }))
  const payments = invoices.filter((i) => i.status === 'paid').map(payment)
  const interactions = Array.from({ length: 45 }, (_, n) =>
    interaction(liWei.id, now - 2 * HOUR - n * 13 * DAY, userId(1 + (n % 3)), notes[n % notes.length] ?? ''),
  )
  const quotes = [
    quote(liWei.id, 'Q-310', userId(2), now - 12 * DAY, 18_200, 'issued'),
    quote(liWei.id, 'Q-288', userId(1), now - 90 * DAY, 18_600, 'accepted'),
    quote(liWei.id, 'Q-201', userId(2), now - 300 * DAY, 18_900, 'expired'),
  ]
  const complaints = [
    complaint(liWei.id, 'C-1042', 'Benzene smell in moulding', now - 2 * DAY, {
      dueAt: now + 3 * HOUR,
      orderId: orders[1]?.id ?? null,
    }),
    complaint(liWei.id, 'C-0877', 'Two bags short', now - 200 * DAY, {
      step: 'told',
      closedAt: now - 190 * DAY,
      severity: 'normal',
    }),
  ]
  const tasks = [task(liWei.id, 'Call back about the spring volume', now - 40 * MINUTE)]
  const preferences = [
    preference(liWei.id, 'invoice', 'e-invoice', now - 400 * DAY, userId(1)),
    preference(liWei.id, 'contactTime', 'never before 10:00', now - 200 * DAY, userId(2)),
    preference(liWei.id, 'language', 'Mandarin, some Cantonese', now - 100 * DAY, userId(1)),
  ]
  const entries = newestFirst([
    ...interactions.map((row) => ({ kind: 'interaction' as const, at: row.startedAt, row })),
    ...orders.slice(0, 12).map((row) => ({ kind: 'order' as const, at: row.placedAt, row })),
    ...shipments.slice(0, 12).map((row) => ({ kind: 'shipment' as const, at: row.shippedAt, row })),
    ...payments.slice(0, 8).map((row) => ({ kind: 'payment' as const, at: row.receivedAt, row })),
    ...quotes.map((row) => ({ kind: 'quote' as const, at: row.issuedAt, row })),
    ...complaints.map((row) => ({ kind: 'complaint' as const, at: row.openedAt, row })),
  ])
  const overdue = invoices[1]
  const [firstOrder, firstShipment, firstQuote, firstComplaint, firstTask] = [
    orders[0],
    shipments[0],
    quotes[0],
    complaints[0],
    tasks[0],
  ]
  if (!overdue || !firstOrder || !firstShipment || !firstQuote || !firstComplaint || !firstTask)
    throw new Error('rows are missing')
  const openMatters: OpenMatter[] = [
    { kind: 'task', urgency: 'breach', dueAt: firstTask.dueAt, row: firstTask },
    { kind: 'complaint', urgency: 'soon', dueAt: firstComplaint.dueAt, row: firstComplaint },
    { kind: 'invoice', urgency: 'breach', dueAt: null, row: overdue, daysOverdue: 9 },
    {
      kind: 'order',
      urgency: 'soon',
      dueAt: now,
      row: firstOrder,
      shipment: { ...firstShipment, expectedOn: calendarDate(now, 'Asia/Shanghai') },
    },
    { kind: 'quote', urgency: 'normal', dueAt: firstQuote.validUntil, row: firstQuote },
    ...orders.slice(2, 5).map((row) => ({
      kind: 'order' as const,
      urgency: 'normal' as const,
      dueAt: null,
      row: { ...row, status: 'confirmed' as const },
      shipment: null,
    })),
  ]
  const last = entries[59]
  return {
    ...empty(liWei),
    organisation: huaxin,
    contactPoints: [
      phone(liWei.id, '+8613800138000', 'mobile', true),
      phone(liWei.id, '+8675526771234', 'office', false),
    ],
    openMatters,
    timeline: { entries: entries.slice(0, 60), before: last ? { at: last.at, id: last.row.id } : null },
    orders: orders.map((o, n) => ({ order: o, shipments: shipments.slice(n, n + 1), returns: [] })),
    invoices,
    payments,
    quotes,
    complaints,
    preferences,
    tasks,
    organisationCredit: {
      grade: 'A',
      limitMinor: 5_000_000,
      usedMinor: 1_240_000,
      overdueMinor: overdue.totalMinor,
      currency: 'CNY',
      others: owedInEuro,
    },
    facts: {
      orderCount: 60,
      revenueMinor: 21_400_000,
      otherRevenue: [],
      firstOrderAt: now - 6 * 365 * DAY,
      lastOrderAt: firstOrder.placedAt,
      lastContactAt: now - 2 * HOUR,
      stayCount: 0,
      birthdayInDays: 3,
      spendByMonth: months(now, (n) => (n % 5 === 2 ? 0 : 180_000 + ((n * 104_729) % 260_000))),
      otherSpend: [],
    },
  }
}

/** The organisation for which the business customer calls: what it owes, and what its people said. */
export function organisationRecord(now: number): CustomerRecord {
  const { huaxin, liWei } = customers
  const said = interaction(liWei.id, now - 2 * HOUR, userId(1), notes[0] ?? '')
  const owed = invoice(order(huaxin.id, 121, now - 40 * DAY, 'delivered', 182_000), 41, now - 9 * DAY, false)
  return {
    ...empty(huaxin),
    contacts: [
      {
        customerId: liWei.id,
        number: liWei.number,
        displayName: 'Li Wei',
        nativeName: '李伟',
        phone: '+8613800138000',
        shownPhone: '+86 138 0013 8000',
        lastContactAt: said.startedAt,
      },
    ],
    openMatters: [{ kind: 'invoice', urgency: 'breach', dueAt: null, row: owed, daysOverdue: 9 }],
    preferences: [preference(liWei.id, 'contactTime', 'never before 10:00', now - 200 * DAY, userId(2))],
    invoices: [owed],
    credit: {
      grade: 'A',
      limitMinor: 5_000_000,
      usedMinor: owed.totalMinor,
      overdueMinor: owed.totalMinor,
      currency: 'CNY',
      others: owedInEuro,
    },
    timeline: {
      entries: newestFirst([
        { kind: 'interaction', at: said.startedAt, row: said },
        { kind: 'invoice', at: owed.issuedAt, row: owed },
      ]),
      before: null,
    },
    facts: {
      ...empty(huaxin).facts,
      lastContactAt: said.startedAt,
      otherSpend: [{ month: calendarDate(now, 'Asia/Shanghai').slice(0, 7), currency: 'EUR', amountMinor: 120_000 }],
    },
  }
}

/** A hotel guest on their tenth stay. */
export function guestRecord(now: number): CustomerRecord {
  const { emma } = customers
  const stays = [
    stay(emma.id, 9, now + 2 * DAY, 'booked'),
    ...Array.from({ length: 9 }, (_, n) => stay(emma.id, 8 - n, now - (30 + n * 80) * DAY, 'departed')),
  ]
  const booked = stays[0]
  const talk = interaction(emma.id, now - 30 * DAY, userId(4), 'Asked for the window table again; seated at 12.', {
    matter: 'booking',
    channel: 'visit',
  })
  if (!booked) throw new Error('rows are missing')
  return {
    ...empty(emma),
    contactPoints: [{ ...phone(emma.id, '+447911123456', 'mobile', true), region: 'GB', nationalKey: 'GB:7911123456' }],
    openMatters: [{ kind: 'stay', urgency: 'soon', dueAt: booked.arriveAt, row: booked }],
    stays,
    preferences: [
      preference(emma.id, 'floor', 'quiet, high floor', now - 200 * DAY, userId(4)),
      preference(emma.id, 'seat', 'window table at the edge', now - 30 * DAY, userId(4)),
      preference(emma.id, 'meal', 'vegetarian', now - 160 * DAY, null),
      preference(emma.id, 'drink', 'green tea', now - 160 * DAY, userId(4)),
    ],
    timeline: {
      entries: newestFirst([
        ...stays.map((row) => ({ kind: 'stay' as const, at: row.arriveAt, row })),
        { kind: 'interaction', at: talk.startedAt, row: talk },
      ]),
      before: null,
    },
    facts: {
      ...empty(emma).facts,
      stayCount: 9,
      birthdayInDays: 1,
      revenueMinor: 8_930_000,
      spendByMonth: months(now, (n) => (n % 3 === 0 ? 294_000 : 0)),
    },
  }
}

/** A retail customer whom nobody has called for a while. */
export function retailRecord(now: number): CustomerRecord {
  const { wangFang } = customers
  const orders = Array.from({ length: 4 }, (_, n) =>
    order(wangFang.id, n, now - (240 + n * 60) * DAY, 'delivered', 32_900),
  )
  return {
    ...empty(wangFang),
    contactPoints: [phone(wangFang.id, '+8613925550199', 'mobile', true)],
    orders: orders.map((o) => ({ order: o, shipments: [], returns: [] })),
    timeline: { entries: orders.map((row) => ({ kind: 'order' as const, at: row.placedAt, row })), before: null },
    facts: {
      ...empty(wangFang).facts,
      orderCount: 4,
      revenueMinor: 131_600,
      lastOrderAt: now - 240 * DAY,
      spendByMonth: months(now, (n) => (n < 10 && n % 3 === 0 ? 32_900 : 0)),
    },
  }
}

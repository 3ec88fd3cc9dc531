import { untouched } from '../../../domain/untouched-rows.ts'
import type {
  Complaint,
  ContactPoint,
  Customer,
  Interaction,
  Invoice,
  Order,
  Payment,
  Preference,
  Product,
  Quote,
  Shipment,
  Stay,
  Task,
} from '../../../protocol/entities.ts'
import type { AgentState } from '../../../protocol/calls.ts'
import type { CustomerId, UserId } from '../../../protocol/scalars.ts'

let counter = 0
/** Ids that look like UUIDv7 and are the same in every run. */
export const nextId = (): string => {
  counter += 1
  return `01930000-0000-7000-8000-${counter.toString(16).padStart(12, '0')}`
}
export const customerId = (n: number): CustomerId =>
  `01920000-0000-7000-8000-${n.toString(16).padStart(12, '0')}` as CustomerId
export const userId = (n: number): UserId => `01910000-0000-7000-8000-${n.toString(16).padStart(12, '0')}` as UserId

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const meta = { version: 3, scope: 'org' }
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

export const colleagues = [
  { userId: userId(1), displayName: 'Wang Min', nativeName: '王敏', extension: '2001', role: 'agent', team: 'support' },
  {
    userId: userId(2),
    displayName: 'Zhang Lei',
    nativeName: '张磊',
    extension: '2002',
    role: 'agent',
    team: 'support',
  },
  {
    userId: userId(3),
    displayName: 'Sarah Keller',
    nativeName: null,
    extension: '2003',
    role: 'supervisor',
    team: 'support',
  },
  {
    userId: userId(4),
    displayName: 'Song Yan',
    nativeName: '宋燕',
    extension: '2004',
    role: 'frontDesk',
    team: 'hotel',
  },
  { userId: userId(5), displayName: 'He Jing', nativeName: '何静', extension: '2005', role: 'agent', team: 'support' },
  { userId: userId(6), displayName: 'Anna Weber', nativeName: null, extension: '2006', role: 'agent', team: 'sales' },
  {
    userId: userId(7),
    displayName: 'Lin Yue',
    nativeName: '林月',
    extension: '2007',
    role: 'manager',
    team: 'management',
  },
]

/**
 * The states of the colleagues: two are free, one talks, one has lunch, one went home, and for the last there is no
 * state.
 */
export const agentStates = (now: number): AgentState[] =>
  [
    { userId: userId(2), state: 'TALKING', since: now - 3 * MINUTE },
    { userId: userId(3), state: 'READY', since: now - MINUTE },
    { userId: userId(4), state: 'NOT_READY', reason: 'lunch' as const, since: now - 12 * MINUTE },
    { userId: userId(5), state: 'READY', since: now - 9 * MINUTE },
    { userId: userId(6), state: 'LOGGED_OUT', since: now - 5 * HOUR },
  ].map(({ state, ...rest }) => ({
    revision: 1,
    reason: null,
    until: null,
    next: null,
    state: state as AgentState['state'],
    ...rest,
  }))

export const products: Product[] = [
  ['PX-9', 'Polycarbonate resin PX-9', '聚碳酸酯 PX-9', 19_000, 17_500],
  ['PX-12', 'Polycarbonate resin PX-12', '聚碳酸酯 PX-12', 22_400, 20_600],
  ['AB-3', 'ABS granulate AB-3', 'ABS 颗粒 AB-3', 9_800, 9_100],
  ['TR-60', 'Tray liner 60 cm', '托盘衬垫 60 厘米', 1_250, 1_050],
].map(([sku, name, nativeName, list, floor]) => ({
  id: nextId(),
  sku: String(sku),
  name: String(name),
  nativeName: String(nativeName),
  unit: 'kg',
  currency: 'CNY',
  listPriceMinor: Number(list),
  floorPriceMinor: Number(floor),
  active: true,
  ...meta,
}))

export const person = (n: number, fields: Partial<Customer> & Pick<Customer, 'displayName'>): Customer => ({
  id: customerId(n),
  number: `A-${20_000 + n}`,
  kind: 'person',
  profile: 'retail',
  givenName: null,
  familyName: null,
  nativeName: null,
  organisationId: null,
  language: 'zh',
  city: 'Shenzhen',
  country: 'CN',
  birthday: null,
  tier: 'medium',
  customerSince: null,
  currency: 'CNY',
  lifetimeValueMinor: null,
  churnRisk: 'low',
  creditGrade: null,
  creditLimitMinor: null,
  ownerUserId: null,
  remark: null,
  ...untouched.customer,
  ...meta,
  ...fields,
})

export const phone = (
  customer: CustomerId,
  e164: string,
  label: ContactPoint['label'],
  preferred: boolean,
): ContactPoint => ({
  id: nextId(),
  customerId: customer,
  kind: 'phone',
  label,
  raw: e164,
  e164,
  nationalKey: `CN:${e164.slice(3)}`,
  emailKey: null,
  region: 'CN',
  preferred,
  invalid: false,
  ...untouched.contactPoint,
  ...meta,
})

export const order = (
  customer: CustomerId,
  n: number,
  at: number,
  status: Order['status'],
  totalMinor: number,
): Order => ({
  id: nextId(),
  customerId: customer,
  number: String(88_000 + n),
  placedAt: at,
  status,
  channel: n % 3 === 0 ? 'phone' : 'web',
  currency: 'CNY',
  totalMinor,
  expectedOn: dayOf(at + 6 * DAY),
  lines: [
    {
      productId: products[0]?.id ?? null,
      sku: 'PX-9',
      name: 'Polycarbonate resin PX-9',
      quantity: 10 + n,
      unitPriceMinor: Math.round(totalMinor / (10 + n)),
    },
  ],
  ...meta,
})

export const shipment = (of: Order, at: number, delivered: boolean): Shipment => ({
  id: nextId(),
  customerId: of.customerId,
  orderId: of.id,
  carrier: 'SF Express',
  trackingNumber: `SF10442${of.number}`,
  shippedAt: at,
  expectedOn: dayOf(at + 3 * DAY),
  deliveredAt: delivered ? at + 2 * DAY : null,
  status: delivered ? 'delivered' : 'inTransit',
  ...meta,
})

export const invoice = (of: Order, n: number, dueAt: number, paid: boolean): Invoice => ({
  id: nextId(),
  customerId: of.customerId,
  orderId: of.id,
  number: String(5_500 + n),
  issuedAt: of.placedAt + DAY,
  dueOn: dayOf(dueAt),
  currency: 'CNY',
  totalMinor: of.totalMinor,
  paidMinor: paid ? of.totalMinor : 0,
  status: paid ? 'paid' : 'open',
  ...meta,
})

export const payment = (of: Invoice): Payment => ({
  id: nextId(),
  customerId: of.customerId,
  invoiceId: of.id,
  receivedAt: of.issuedAt + 12 * DAY,
  currency: 'CNY',
  amountMinor: of.totalMinor,
  method: 'transfer',
  ...meta,
})

export const quote = (
  customer: CustomerId,
  number: string,
  by: UserId,
  at: number,
  unitPriceMinor: number,
  status: Quote['status'],
  product = products[0],
): Quote => {
  if (!product) throw new Error('no product')
  return {
    id: nextId(),
    customerId: customer,
    number,
    issuedAt: at,
    issuedBy: by,
    validUntil: at + 14 * DAY,
    status,
    approval: 'none',
    supersedes: null,
    currency: 'CNY',
    totalMinor: unitPriceMinor * 200,
    lines: [
      {
        productId: product.id,
        sku: product.sku,
        name: product.name,
        quantity: 200,
        unitPriceMinor,
        listPriceMinor: product.listPriceMinor,
        floorPriceMinor: product.floorPriceMinor,
        reason: unitPriceMinor < product.listPriceMinor ? '200 kg at once' : null,
      },
    ],
    ...untouched.quote,
    ...meta,
  }
}

export const complaint = (
  customer: CustomerId,
  number: string,
  subject: string,
  at: number,
  fields: Partial<Complaint> = {},
): Complaint => ({
  id: nextId(),
  customerId: customer,
  number,
  subject,
  description: 'Three bags smell of solvent; the customer stopped the line.',
  severity: 'high',
  step: 'assigned',
  department: 'quality',
  ownerUserId: userId(3),
  orderId: null,
  openedAt: at,
  openedBy: userId(1),
  dueAt: null,
  closedAt: null,
  ...untouched.complaint,
  ...meta,
  ...fields,
})

export const interaction = (
  customer: CustomerId,
  at: number,
  by: UserId,
  note: string,
  fields: Partial<Interaction> = {},
): Interaction => ({
  id: nextId(),
  customerId: customer,
  channel: 'phone',
  direction: 'in',
  startedAt: at,
  endedAt: at + 3 * MINUTE,
  callId: null,
  userId: by,
  queue: 'support',
  waitMs: 24_000,
  talkMs: 3 * MINUTE,
  matter: 'delivery',
  outcome: 'answered',
  nextStep: 'none',
  note,
  revision: 1,
  ...untouched.interaction,
  ...meta,
  ...fields,
})

export const preference = (
  customer: CustomerId,
  key: string,
  value: string,
  at: number,
  by: UserId | null,
): Preference => ({
  id: nextId(),
  customerId: customer,
  key,
  value,
  source: by ? 'said' : 'booking',
  notedBy: by,
  notedAt: at,
  confirmedAt: by ? at + 30 * DAY : null,
  ...untouched.preference,
  ...meta,
})

export const stay = (customer: CustomerId, n: number, arriveAt: number, status: Stay['status']): Stay => ({
  id: nextId(),
  customerId: customer,
  number: `H-${7_000 + n}`,
  arriveAt,
  arriveOn: dayOf(arriveAt),
  departOn: dayOf(arriveAt + 3 * DAY),
  roomTypeReserved: 'A',
  roomTypeAssigned: n % 2 ? 'D' : 'A',
  room: String(1_204 + n),
  meal: 'BB',
  adults: 2,
  children: 0,
  specialRequests: ['quiet floor'],
  currency: 'CNY',
  dailyRateMinor: 98_000,
  status,
  repeatGuest: n > 0,
  ...meta,
})

export const task = (customer: CustomerId | null, title: string, dueAt: number, fields: Partial<Task> = {}): Task => ({
  id: nextId(),
  customerId: customer,
  kind: 'callback',
  title,
  detail: '',
  dueAt,
  status: 'open',
  ownerUserId: userId(1),
  createdBy: userId(2),
  createdAt: dueAt - 2 * DAY,
  doneAt: null,
  sourceId: null,
  ...untouched.task,
  ...meta,
  ...fields,
})

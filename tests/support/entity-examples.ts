import type { EntityName, Row } from '../../protocol/entities.ts'
import type { CallId, CustomerId, UserId } from '../../protocol/scalars.ts'

const id = () => crypto.randomUUID()
const userId = () => crypto.randomUUID() as UserId
const customerId = () => crypto.randomUUID() as CustomerId
const row = { version: 1, scope: 'org' }
const at = Date.UTC(2026, 2, 4, 5, 6, 7, 8)

/** One row of every entity, every field filled. */
export const entityExamples: { [E in EntityName]: () => Row<E> } = {
  user: () => ({ ...row, id: userId(), login: `login-${id()}`, displayName: 'Li Wei', nativeName: '李伟', role: 'agent', team: 'one', extension: '201', active: true }),
  line: () => ({ ...row, id: id(), label: 'Main', number: '+862150001000', country: 'CN', areaCode: '21', outsidePrefixes: ['9', '00'], e164WithoutPlus: true }),
  product: () => ({ ...row, id: id(), sku: 'A-1', name: 'Lamp', nativeName: '灯', unit: 'piece', currency: 'CNY', listPriceMinor: 12_900, floorPriceMinor: 9_900, active: true }),
  productCost: () => ({ ...row, scope: 'finance', id: id(), currency: 'CNY', unitCostMinor: 7_000 }),
  customer: () => ({
    ...row, id: customerId(), number: 'K-1', kind: 'person', profile: 'retail', displayName: 'Wang Fang', givenName: 'Fang', familyName: 'Wang', nativeName: '王芳',
    organisationId: customerId(), language: 'zh', city: '上海', country: 'CN', birthday: '--03-12', tier: 'top', customerSince: at, currency: 'CNY',
    lifetimeValueMinor: 5_000_000_000, churnRisk: 'low', creditGrade: 'A', creditLimitMinor: 1_000_000, ownerUserId: userId(), remark: 'tab\tquote " back\\slash\nline', changedBy: userId(), changedAt: at,
  }),
  contactPoint: () => ({ ...row, id: id(), customerId: customerId(), kind: 'phone', label: 'mobile', raw: '138 0013 8000', e164: '+8613800138000', nationalKey: 'CN:13800138000', emailKey: null, region: 'CN', preferred: true, invalid: false, changedBy: userId(), changedAt: at }),
  order: () => ({ ...row, id: id(), customerId: customerId(), number: 'O-1', placedAt: at, status: 'shipped', channel: 'web', currency: 'CNY', totalMinor: 12_900, expectedOn: '2026-03-09', lines: [{ productId: id(), sku: 'A-1', name: 'Lamp "两"', quantity: 1, unitPriceMinor: 12_900 }] }),
  shipment: () => ({ ...row, id: id(), customerId: customerId(), orderId: id(), carrier: 'SF', trackingNumber: 'SF1', shippedAt: at, expectedOn: '2026-03-09', deliveredAt: at + 1, status: 'delivered' }),
  orderReturn: () => ({ ...row, id: id(), customerId: customerId(), orderId: id(), requestedAt: at, reason: 'broken', status: 'requested', currency: 'CNY', refundMinor: 12_900, closedAt: at }),
  invoice: () => ({ ...row, id: id(), customerId: customerId(), orderId: id(), number: 'I-1', issuedAt: at, dueOn: '2026-04-03', currency: 'CNY', totalMinor: 12_900, paidMinor: 0, status: 'open' }),
  payment: () => ({ ...row, id: id(), customerId: customerId(), invoiceId: id(), receivedAt: at, currency: 'CNY', amountMinor: 12_900, method: 'wallet' }),
  quote: () => ({
    ...row, id: id(), customerId: customerId(), number: 'Q-1', issuedAt: at, issuedBy: userId(), validUntil: at + 1, status: 'issued', approval: 'none', supersedes: id(), currency: 'CNY', totalMinor: 12_000,
    lines: [{ productId: id(), sku: 'A-1', name: 'Lamp', quantity: 1, unitPriceMinor: 12_000, listPriceMinor: 12_900, floorPriceMinor: 9_900, reason: 'loyal' }],
    askedAt: at, decidedBy: userId(), decidedAt: at + 1, decisionReason: 'a good customer', decisionSeenAt: at + 2, answeredBy: userId(), answeredAt: at + 3, answerReason: 'too dear',
  }),
  complaint: () => ({
    ...row, id: id(), customerId: customerId(), number: 'C-1', subject: 'Broken', description: 'It broke', severity: 'high', step: 'logged', department: 'quality', ownerUserId: userId(), orderId: id(), openedAt: at, openedBy: userId(), dueAt: at, closedAt: at,
    steps: [{ to: 'informed', by: userId(), at, comment: 'look', before: { step: 'logged', department: 'sales', ownerUserId: userId(), dueAt: at }, takenBackBy: userId(), takenBackAt: at + 1 }],
  }),
  interaction: () => ({
    ...row, id: id(), customerId: customerId(), channel: 'phone', direction: 'in', startedAt: at, endedAt: at + 1, callId: 'call-1' as CallId, userId: userId(), queue: 'sales', waitMs: 1, talkMs: 2,
    matter: 'order', outcome: 'resolved', nextStep: 'none', note: 'wrote', revision: 2, revisedBy: userId(), revisedAt: at, additions: [{ by: userId(), at, text: 'and more' }],
  }),
  interactionRevision: () => ({ ...row, id: id(), interactionId: id(), customerId: customerId(), revision: 1, note: 'first', matter: 'order', outcome: 'resolved', writtenBy: userId(), writtenAt: at }),
  preference: () => ({ ...row, id: id(), customerId: customerId(), key: 'room', value: 'quiet', source: 'said', notedBy: userId(), notedAt: at, confirmedAt: at, confirmedBy: userId(), retiredAt: at, retiredBy: userId(), earlier: [{ value: 'loud', notedBy: userId(), notedAt: at }] }),
  stay: () => ({
    ...row, id: id(), customerId: customerId(), number: 'S-1', arriveAt: at, arriveOn: '2026-03-04', departOn: '2026-03-06', roomTypeReserved: 'A', roomTypeAssigned: 'B', room: '101', meal: 'BB', adults: 2, children: 0,
    specialRequests: ['cot'], currency: 'CNY', dailyRateMinor: 50_000, status: 'departed', repeatGuest: true,
  }),
  task: () => ({ ...row, id: id(), customerId: customerId(), kind: 'callback', title: 'Call back', detail: '', dueAt: at, status: 'open', ownerUserId: userId(), createdBy: userId(), createdAt: at, doneAt: at, doneBy: userId(), dropReason: 'moved away', changedBy: userId(), changedAt: at, callbackNumber: '+8613800138000', sourceId: id() }),
  numberPick: () => ({ ...row, id: id(), e164: '+8613800138000', customerId: customerId(), verdict: 'them', times: 1, pickedBy: userId(), pickedAt: at }),
}

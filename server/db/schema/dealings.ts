import { boolean, index, integer, jsonb, pgTable, text, uuid } from './drizzle.ts'
import { amount, calendarDate, entityColumns, instant, milliseconds } from './columns.ts'

export const quote = pgTable('quote', {
  ...entityColumns,
  customerId: uuid('customer_id').notNull(),
  number: text('number'),
  issuedAt: instant('issued_at').notNull(),
  issuedBy: uuid('issued_by').notNull(),
  validUntil: instant('valid_until').notNull(),
  status: text('status').notNull(),
  approval: text('approval').notNull(),
  supersedes: uuid('supersedes'),
  currency: text('currency').notNull(),
  totalMinor: amount('total_minor').notNull(),
  lines: jsonb('lines').notNull(),
}, table => [index('quote_customer').on(table.customerId, table.issuedAt)])

export const complaint = pgTable('complaint', {
  ...entityColumns,
  customerId: uuid('customer_id').notNull(),
  number: text('number'),
  subject: text('subject').notNull(),
  description: text('description').notNull(),
  severity: text('severity').notNull(),
  step: text('step').notNull(),
  department: text('department').notNull(),
  ownerUserId: uuid('owner_user_id'),
  orderId: uuid('order_id'),
  openedAt: instant('opened_at').notNull(),
  openedBy: uuid('opened_by'),
  dueAt: instant('due_at'),
  closedAt: instant('closed_at'),
}, table => [index('complaint_customer').on(table.customerId, table.openedAt)])

export const interaction = pgTable('interaction', {
  ...entityColumns,
  customerId: uuid('customer_id'),
  channel: text('channel').notNull(),
  direction: text('direction').notNull(),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at'),
  callId: text('call_id'),
  userId: uuid('user_id'),
  queue: text('queue'),
  waitMs: milliseconds('wait_ms'),
  talkMs: milliseconds('talk_ms'),
  matter: text('matter'),
  outcome: text('outcome'),
  nextStep: text('next_step'),
  note: text('note').notNull(),
  revision: integer('revision').notNull(),
}, table => [
  index('interaction_customer').on(table.customerId, table.startedAt),
  index('interaction_call').on(table.callId),
])

export const task = pgTable('task', {
  ...entityColumns,
  customerId: uuid('customer_id'),
  kind: text('kind').notNull(),
  title: text('title').notNull(),
  detail: text('detail').notNull(),
  dueAt: instant('due_at').notNull(),
  status: text('status').notNull(),
  ownerUserId: uuid('owner_user_id'),
  createdBy: uuid('created_by'),
  createdAt: instant('created_at').notNull(),
  doneAt: instant('done_at'),
  sourceId: uuid('source_id'),
}, table => [index('task_customer').on(table.customerId, table.dueAt)])

export const stay = pgTable('stay', {
  ...entityColumns,
  customerId: uuid('customer_id').notNull(),
  number: text('number').notNull(),
  arriveAt: instant('arrive_at').notNull(),
  arriveOn: calendarDate('arrive_on').notNull(),
  departOn: calendarDate('depart_on').notNull(),
  roomTypeReserved: text('room_type_reserved').notNull(),
  roomTypeAssigned: text('room_type_assigned'),
  room: text('room'),
  meal: text('meal').notNull(),
  adults: integer('adults').notNull(),
  children: integer('children').notNull(),
  specialRequests: jsonb('special_requests').notNull(),
  currency: text('currency').notNull(),
  dailyRateMinor: amount('daily_rate_minor').notNull(),
  status: text('status').notNull(),
  repeatGuest: boolean('repeat_guest').notNull(),
}, table => [index('stay_customer').on(table.customerId, table.arriveAt)])

import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from './drizzle.ts'
import { instant, milliseconds } from './columns.ts'

/** Which node has the telephones (docs/adr/0013). `term` counts who had them; `holding` is null once they were given back in order. */
export const telephoneLease = pgTable('telephone_lease', {
  only: boolean('only').primaryKey().default(true),
  term: integer('term').notNull(),
  holding: uuid('holding'),
  /** The machine and the port. */
  node: text('node').notNull(),
  since: instant('since').notNull(),
})

/** The state of each agent, latest wins; `next` is what follows the wrap-up. */
export const agentState = pgTable('agent_state', {
  userId: uuid('user_id').primaryKey(),
  revision: integer('revision').notNull(),
  state: jsonb('state').notNull(),
  next: jsonb('next').notNull(),
})

/** Calls that are running or not wrapped up, one row an agent and call, latest wins. */
export const agentCall = pgTable('agent_call', {
  userId: uuid('user_id').notNull(),
  callId: text('call_id').notNull(),
  revision: integer('revision').notNull(),
  call: jsonb('call').notNull(),
}, table => [primaryKey({ columns: [table.userId, table.callId] })])

/** Whom each call rang at, and when it first did: what proves that a contact was one with a call. */
export const callAgent = pgTable('call_agent', {
  callId: text('call_id').notNull(),
  userId: uuid('user_id').notNull(),
  firstAt: instant('first_at').notNull(),
}, table => [primaryKey({ columns: [table.callId, table.userId] })])

/** Every finished call, once: what the figures are computed from. Holds no number. */
export const callLog = pgTable('call_log', {
  callId: text('call_id').primaryKey(),
  direction: text('direction').notNull(),
  queue: text('queue'),
  line: text('line'),
  userId: uuid('user_id'),
  offeredAt: instant('offered_at').notNull(),
  answeredAt: instant('answered_at'),
  endedAt: instant('ended_at').notNull(),
  waitMs: milliseconds('wait_ms').notNull(),
  talkMs: milliseconds('talk_ms').notNull(),
  holdMs: milliseconds('hold_ms').notNull(),
  wrapMs: milliseconds('wrap_ms'),
  outcome: text('outcome').notNull(),
}, table => [
  index('call_log_offered').on(table.offeredAt),
  index('call_log_user').on(table.userId, table.offeredAt),
])

/** What the simulated telephone system plays, in this order, again from the start when it is through. */
export const callPlan = pgTable('call_plan', {
  position: bigint('position', { mode: 'number' }).primaryKey(),
  call: jsonb('call').notNull(),
})

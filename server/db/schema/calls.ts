import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from './drizzle.ts'
import { instant, milliseconds } from './columns.ts'

/**
 * The node that has the telephones (docs/adr/0013). `term` rises with every holder; `holding` is null after a node gave
 * them back in order.
 */
export const telephoneLease = pgTable('telephone_lease', {
  only: boolean('only').primaryKey().default(true),
  term: integer('term').notNull(),
  holding: uuid('holding'),
  /** The node's machine and port. */
  node: text('node').notNull(),
  since: instant('since').notNull(),
})

/** The state of each agent; a later one replaces it. `next` is the state that follows the wrap-up. */
export const agentState = pgTable('agent_state', {
  userId: uuid('user_id').primaryKey(),
  revision: integer('revision').notNull(),
  state: jsonb('state').notNull(),
  next: jsonb('next').notNull(),
})

/** Calls that are running or not wrapped up, one row for each agent and call; a later one replaces it. */
export const agentCall = pgTable(
  'agent_call',
  {
    userId: uuid('user_id').notNull(),
    callId: text('call_id').notNull(),
    revision: integer('revision').notNull(),
    call: jsonb('call').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.callId] })],
)

/** The users at whose telephones each call was, and when it first was there. It proves whose call it was. */
export const callAgent = pgTable(
  'call_agent',
  {
    callId: text('call_id').notNull(),
    userId: uuid('user_id').notNull(),
    firstAt: instant('first_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.userId] })],
)

/** Every finished call, once. Statistics are computed from it. It holds no telephone number. */
export const callLog = pgTable(
  'call_log',
  {
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
  },
  (table) => [index('call_log_offered').on(table.offeredAt), index('call_log_user').on(table.userId, table.offeredAt)],
)

/** What the simulated telephone system plays, in this order; after the last call it starts again. */
export const callPlan = pgTable('call_plan', {
  position: bigint('position', { mode: 'number' }).primaryKey(),
  call: jsonb('call').notNull(),
})

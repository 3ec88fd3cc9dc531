import { bigint, index, integer, json, pgTable, primaryKey, text, uniqueIndex, uuid } from './drizzle.ts'
import { instant } from './columns.ts'

/** A journal of a device and the number that its next command must have. */
export const deviceIncarnation = pgTable(
  'device_incarnation',
  {
    deviceId: uuid('device_id').notNull(),
    incarnation: uuid('incarnation').notNull(),
    nextSeq: bigint('next_seq', { mode: 'number' }).notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceId, table.incarnation] })],
)

/**
 * Every command that was taken, with its outcome. `args` is `json` and not `jsonb`, because `json` keeps exactly what
 * was sent, even characters that PostgreSQL cannot store as text.
 */
export const commandResult = pgTable(
  'command_result',
  {
    deviceId: uuid('device_id').notNull(),
    incarnation: uuid('incarnation').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    commandId: uuid('command_id').notNull(),
    name: text('name').notNull(),
    commandVersion: integer('command_version').notNull(),
    args: json('args').notNull(),
    hash: text('hash').notNull(),
    userId: uuid('user_id').notNull(),
    at: instant('at').notNull(),
    receivedAt: instant('received_at').notNull(),
    kind: text('kind').notNull(),
    outcome: json('outcome').notNull(),
    /** Refused and parked commands are kept until a person has dealt with them. */
    dealtWithAt: instant('dealt_with_at'),
    dealtWithBy: uuid('dealt_with_by'),
  },
  (table) => [
    primaryKey({ columns: [table.deviceId, table.incarnation, table.seq] }),
    uniqueIndex('command_result_command').on(table.commandId),
    index('command_result_kind').on(table.kind, table.receivedAt),
  ],
)

import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from './drizzle.ts'
import { instant } from './columns.ts'

/** How a user proves who they are. It never leaves the server. */
export const userCredential = pgTable('user_credential', {
  userId: uuid('user_id').primaryKey(),
  passwordHash: text('password_hash').notNull(),
})

/**
 * A sign-in. Its token is stored only as a hash. The key of its seals is stored itself, because the server needs it to
 * check them.
 */
export const session = pgTable(
  'session',
  {
    id: uuid('id').notNull(),
    tokenHash: text('token_hash').primaryKey(),
    userId: uuid('user_id').notNull(),
    deviceId: uuid('device_id').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    /** A `SessionKind`. */
    kind: text('kind').notNull().default('workstation'),
    /** 256 random bits in base64url. */
    sealKey: text('seal_key').notNull(),
  },
  (table) => [index('session_user').on(table.userId), uniqueIndex('session_id').on(table.id)],
)

/** A workstation that may send its journal, whether or not a user is signed in. */
export const device = pgTable('device', {
  id: uuid('id').primaryKey(),
  tokenHash: text('token_hash').notNull(),
  label: text('label').notNull(),
  registeredBy: uuid('registered_by').notNull(),
  registeredAt: instant('registered_at').notNull(),
  /** When it was barred (`auth/revoke-device.ts`); null: it may connect. */
  revokedAt: instant('revoked_at'),
})

/**
 * The users who have ever signed in at a device. Only they, and users with the permission `device.renewToken`, can get
 * a new token for it.
 */
export const deviceUser = pgTable(
  'device_user',
  {
    deviceId: uuid('device_id').notNull(),
    userId: uuid('user_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceId, table.userId] })],
)

/** Failed sign-ins, counted under a hash of what `sign-in-attempts.ts` counts by. All nodes share them. */
export const signInAttempt = pgTable('sign_in_attempt', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  lastAt: instant('last_at').notNull(),
})

import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from './drizzle.ts'
import { instant } from './columns.ts'

/** How a user proves who they are; never leaves the server. */
export const userCredential = pgTable('user_credential', {
  userId: uuid('user_id').primaryKey(),
  passwordHash: text('password_hash').notNull(),
})

/** A sign-in. Only the hash of its token is kept; the key of its seals is kept itself, because what was sealed is checked with it. */
export const session = pgTable('session', {
  id: uuid('id').notNull(),
  tokenHash: text('token_hash').primaryKey(),
  userId: uuid('user_id').notNull(),
  deviceId: uuid('device_id').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  endedAt: instant('ended_at'),
  /** `SessionKind`. */
  kind: text('kind').notNull().default('workstation'),
  /** 256 random bits in base64url. */
  sealKey: text('seal_key').notNull(),
}, table => [index('session_user').on(table.userId), uniqueIndex('session_id').on(table.id)])

/** A workstation that may upload its journal whoever is signed in. */
export const device = pgTable('device', {
  id: uuid('id').primaryKey(),
  tokenHash: text('token_hash').notNull(),
  label: text('label').notNull(),
  registeredBy: uuid('registered_by').notNull(),
  registeredAt: instant('registered_at').notNull(),
  /** Since then it is let in no more (`auth/revoke-device.ts`). */
  revokedAt: instant('revoked_at'),
})

/** Who has ever signed in at a device: only they, or whoever runs the floor, get a new token for it. */
export const deviceUser = pgTable('device_user', {
  deviceId: uuid('device_id').notNull(),
  userId: uuid('user_id').notNull(),
}, table => [primaryKey({ columns: [table.deviceId, table.userId] })])

/** Failed sign-ins by a hash of login and address, shared by all nodes. */
export const signInAttempt = pgTable('sign_in_attempt', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  lastAt: instant('last_at').notNull(),
})

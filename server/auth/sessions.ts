import { randomUUID } from 'node:crypto'
import type { User } from '../../protocol/entities.ts'
import type { Queryable } from '../db/connect.ts'
import { entitySql, readRow } from '../db/rows.ts'
import { hashToken, newToken } from './tokens.ts'

/**
 * What a sign-in is for: a workstation and its API, or the operator's page. A token of one kind is not accepted for the
 * other.
 */
export type SessionKind = 'workstation' | 'operator'

const LIFETIME_MS = 14 * 60 * 60_000

export interface Session {
  readonly user: User
  readonly deviceId: string
  readonly expiresAt: number
  readonly tokenHash: string
}

/** What the client gets when a user signs in. Token and seal key are handed out this one time. */
export interface OpenedSession {
  readonly id: string
  readonly token: string
  readonly sealKey: string
  readonly expiresAt: number
}

export async function openSession(
  db: Queryable,
  userId: string,
  deviceId: string,
  now: number,
  kind: SessionKind = 'workstation',
): Promise<OpenedSession> {
  const opened: OpenedSession = {
    id: randomUUID(),
    token: newToken(),
    sealKey: newToken(),
    expiresAt: now + LIFETIME_MS,
  }
  await db.query(
    'insert into session (id, token_hash, seal_key, user_id, device_id, created_at, expires_at, kind) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [opened.id, hashToken(opened.token), opened.sealKey, userId, deviceId, now, opened.expiresAt, kind],
  )
  return opened
}

/** The sign-in that belongs to a token, or null where it has expired, was ended, or its user may no longer sign in. */
export async function readSession(
  db: Queryable,
  token: string,
  now: number,
  kind: SessionKind = 'workstation',
): Promise<Session | null> {
  const tokenHash = hashToken(token)
  const {
    rows: [session],
  } = await db.query<{ userId: string; deviceId: string; expiresAt: number }>(
    'select user_id as "userId", device_id as "deviceId", expires_at as "expiresAt" from session where token_hash = $1 and ended_at is null and expires_at > $2 and kind = $3',
    [tokenHash, now, kind],
  )
  if (!session) return null
  const user = await readRow(db, 'user', session.userId)
  return user?.active ? { user, deviceId: session.deviceId, expiresAt: session.expiresAt, tokenHash } : null
}

/** Which of these sessions are still open, each with its user as stored now. */
export async function openSessions(
  db: Queryable,
  tokenHashes: readonly string[],
  now: number,
): Promise<Map<string, User>> {
  const { rows } = await db.query<{ tokenHash: string; userId: string }>(
    'select token_hash as "tokenHash", user_id as "userId" from session where token_hash = any($1) and ended_at is null and expires_at > $2',
    [tokenHashes, now],
  )
  const sql = entitySql('user')
  const { rows: users } = await db.query<User>(`select ${sql.select} from ${sql.table} where id = any($1) and active`, [
    rows.map((row) => row.userId),
  ])
  const byId = new Map(users.map((user): [string, User] => [user.id, user]))
  return new Map(
    rows.flatMap(({ tokenHash, userId }) => {
      const user = byId.get(userId)
      return user ? [[tokenHash, user]] : []
    }),
  )
}

/** Ends a session. False: there was no open session with this token. */
export async function endSession(
  db: Queryable,
  token: string,
  now: number,
  kind: SessionKind = 'workstation',
): Promise<boolean> {
  const { rowCount } = await db.query(
    'update session set ended_at = $2 where token_hash = $1 and ended_at is null and kind = $3',
    [hashToken(token), now, kind],
  )
  return rowCount === 1
}

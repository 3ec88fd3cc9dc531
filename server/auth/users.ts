import type { User } from '../../protocol/entities.ts'
import type { Identity } from '../../protocol/wire.ts'
import type { Pool, Queryable } from '../db/connect.ts'
import { entitySql, insertRow, readRow, updateRow } from '../db/rows.ts'
import { inTransaction } from '../db/transaction.ts'
import { insertPending } from '../feed/pending.ts'
import { scopesOf } from './visible.ts'

/**
 * Makes or changes a user together with their password hash, which `hashPassword` makes. The feed carries the row to
 * workstations at once.
 */
export async function putUser(pool: Pool, row: Omit<User, 'version'>, passwordHash: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const before = await readRow(client, 'user', row.id, true)
    const after: User = { ...row, version: (before?.version ?? 0) + 1 }
    await (before ? updateRow(client, 'user', after) : insertRow(client, 'user', after))
    await client.query(
      'insert into user_credential (user_id, password_hash) values ($1, $2) on conflict (user_id) do update set password_hash = $2',
      [row.id, passwordHash],
    )
    await insertPending(client, [
      { entity: 'user', id: row.id, version: after.version, scope: after.scope, leftScope: null, row: after },
    ])
  })
}

/**
 * The user with this login. Runs the same statements whether or not there is such a user, so that the time tells
 * nothing.
 */
export async function userByLogin(
  db: Queryable,
  login: string,
): Promise<{ user: User | null; passwordHash: string | null }> {
  const sql = entitySql('user')
  const {
    rows: [user],
  } = await db.query<User>(`select ${sql.select} from ${sql.table} where lower("login") = lower($1)`, [login])
  const {
    rows: [credential],
  } = await db.query<{ passwordHash: string }>(
    'select password_hash as "passwordHash" from user_credential where user_id = $1',
    [user?.id ?? null],
  )
  return { user: user ?? null, passwordHash: credential?.passwordHash ?? null }
}

/** What the server tells a workstation about the user who is signed in. */
export const identityOf = (user: User): Identity => ({
  userId: user.id,
  login: user.login,
  displayName: user.displayName,
  role: user.role,
  team: user.team,
  extension: user.extension,
  scopes: scopesOf(user),
})

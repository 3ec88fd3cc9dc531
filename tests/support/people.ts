import { hashPassword } from '../../server/auth/passwords.ts'
import { putUser } from '../../server/auth/users.ts'
import type { Pool } from '../../server/db/connect.ts'
import type { User } from '../../protocol/entities.ts'
import type { Role } from '../../protocol/entities/user.ts'
import type { UserId } from '../../protocol/scalars.ts'

export const PASSWORD = 'correct horse battery'

/** Making the hash is slow on purpose, so it is made only once. */
export const passwordHash = await hashPassword(PASSWORD)

/** A user who can sign in with `PASSWORD`. */
export async function addUser(
  pool: Pool,
  login: string,
  more: { role?: Role; team?: string; extension?: string | null } = {},
): Promise<Omit<User, 'version'>> {
  const user: Omit<User, 'version'> = {
    id: crypto.randomUUID() as UserId,
    scope: 'org',
    login,
    displayName: login,
    nativeName: null,
    role: more.role ?? 'agent',
    team: more.team ?? 'one',
    extension: more.extension ?? null,
    active: true,
  }
  await putUser(pool, user, passwordHash)
  return user
}

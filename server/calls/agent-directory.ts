import type { UserId } from '../../protocol/scalars.ts'
import type { Queryable } from '../db/connect.ts'

/** Which user has which telephone. It is kept in memory, because a ringing telephone must not wait for the database. */
export interface AgentDirectory {
  usersAt(extension: string): readonly UserId[]
  extensionOf(userId: UserId): string | null
  refresh(): Promise<void>
}

export async function createAgentDirectory(db: Queryable): Promise<AgentDirectory> {
  let users: { id: UserId; extension: string }[] = []
  const refresh = async () => {
    const { rows } = await db.query<{ id: UserId; extension: string }>(
      'select id, extension from app_user where extension is not null and active order by id',
    )
    users = rows
  }
  await refresh()
  return {
    usersAt: (extension) => users.filter((user) => user.extension === extension).map((user) => user.id),
    extensionOf: (userId) => users.find((user) => user.id === userId)?.extension ?? null,
    refresh,
  }
}

import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Returns a folder that only this user can enter, for sockets whose own place has too long a path: the session's folder
 * where there is one, otherwise one in the temporary folder. In the temporary folder anyone can make a folder of our
 * name first, so a folder that is not ours is refused.
 */
export function socketFolder(environment: NodeJS.ProcessEnv, uid: number, temporary = tmpdir()): string {
  const session = environment['XDG_RUNTIME_DIR']
  if (session && isOursAlone(session, uid)) return session
  const folder = join(temporary, `ringside-${uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!isOursAlone(folder, uid)) {
    throw new Error(
      `${folder} belongs to another user or is open to others, so it cannot be trusted. Have it removed, or use a data folder with a shorter path.`,
    )
  }
  return folder
}

/** Also false for a symbolic link to another place. */
function isOursAlone(folder: string, uid: number): boolean {
  try {
    const there = lstatSync(folder)
    return there.isDirectory() && there.uid === uid && (there.mode & 0o077) === 0
  } catch {
    return false
  }
}

import type { ServerResponse } from 'node:http'
import { openSessions, type Session } from '../auth/sessions.ts'
import { sharedScopes } from '../auth/visible.ts'
import type { Queryable } from '../db/connect.ts'

interface Download {
  readonly fileId: string
  readonly tokenHash: string
  /** Of the file. */
  readonly scopes: readonly string[]
  readonly to: ServerResponse
}

/** Who is just being sent which file. Whoever is broken off asks for the newest again, and is asked who they are. */
export interface RunningDownloads {
  begun(file: { readonly id: string; readonly scopes: readonly string[] }, session: Session, to: ServerResponse): void
  /** Ends the sending of a file in the middle. */
  readonly breakOff: (fileId: string) => void
  /** Ends the sending to whose session is over, as that of a lost device is, and to who may have other rows now. */
  checkSessions(): Promise<void>
}

export function createRunningDownloads(db: Queryable, now: () => number): RunningDownloads {
  const running = new Set<Download>()
  const breakOff = (ends: (download: Download) => boolean) => {
    for (const download of running) if (ends(download)) download.to.destroy()
  }
  return {
    begun: ({ id, scopes }, { tokenHash }, to) => {
      const download: Download = { fileId: id, tokenHash, scopes, to }
      running.add(download)
      to.once('close', () => { running.delete(download) })
    },
    breakOff: (fileId) => { breakOff((download) => download.fileId === fileId) },
    checkSessions: async () => {
      if (running.size === 0) return
      const asked = new Set([...running].map(({ tokenHash }) => tokenHash))
      const open = await openSessions(db, [...asked], now())
      breakOff(({ tokenHash, scopes }) => {
        const user = open.get(tokenHash)
        // Who began meanwhile was not asked about, and has just been looked at.
        return asked.has(tokenHash) && (!user || sharedScopes(user).join() !== scopes.join())
      })
    },
  }
}

import type { ServerResponse } from 'node:http'
import { openSessions, type Session } from '../auth/sessions.ts'
import { sharedScopes } from '../auth/visible.ts'
import type { Queryable } from '../db/connect.ts'

interface Download {
  readonly fileId: string
  readonly tokenHash: string
  /** The file's scopes. */
  readonly scopes: readonly string[]
  readonly to: ServerResponse
}

/**
 * The downloads of snapshots that are running. A workstation whose download is broken off asks for the newest file
 * again, and its sign-in is checked again.
 */
export interface RunningDownloads {
  begun(file: { readonly id: string; readonly scopes: readonly string[] }, session: Session, to: ServerResponse): void
  /** Breaks off the downloads of a file. */
  readonly breakOff: (fileId: string) => void
  /** Breaks off the downloads of users whose session is over (such as at a lost device) or who may see other rows. */
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
      to.once('close', () => {
        running.delete(download)
      })
    },
    breakOff: (fileId) => {
      breakOff((download) => download.fileId === fileId)
    },
    checkSessions: async () => {
      if (running.size === 0) return
      const asked = new Set([...running].map(({ tokenHash }) => tokenHash))
      const open = await openSessions(db, [...asked], now())
      breakOff(({ tokenHash, scopes }) => {
        const user = open.get(tokenHash)
        // A download that began meanwhile was not in the query; its session was checked when it began.
        return asked.has(tokenHash) && (!user || sharedScopes(user).join() !== scopes.join())
      })
    },
  }
}

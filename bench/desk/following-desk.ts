import { setTimeout as pause } from 'node:timers/promises'
import type { Place } from '../place.ts'
import { openDesk, type Desk } from './open-desk.ts'

/** A workstation that has everything and follows the feed. Times are those of `performance.now()`. */
export interface FollowingDesk extends Desk {
  /** When the cache holds the row of this id. */
  applied(rowId: string): Promise<number>
  /** When the journal next has an acknowledgement from the server. */
  acknowledged(): Promise<number>
}

const WITHIN_MS = 30_000
const SETUP_WITHIN_MS = 120_000

/** Opens a workstation, signs in, and waits until its first snapshot is its cache and it follows the feed. */
export async function openFollowingDesk(
  place: Place,
  name: string,
  serverUrl: string,
  login: string,
): Promise<FollowingDesk> {
  const rows = new Map<string, (at: number) => void>()
  let word: ((at: number) => void) | null = null
  const desk = await openDesk(place, name, serverUrl, {
    applied: (page) => {
      const at = performance.now()
      for (const { id } of page.changes()) {
        rows.get(id)?.(at)
        rows.delete(id)
      }
    },
    acknowledged: () => {
      word?.(performance.now())
      word = null
    },
  })
  await desk.signIn(login)
  await following(desk)
  return {
    ...desk,
    applied: (rowId) =>
      soon(`${name}: the row never came`, (resolve) => {
        rows.set(rowId, resolve)
      }),
    acknowledged: () =>
      soon(`${name}: no word from the center`, (resolve) => {
        word = resolve
      }),
  }
}

async function following(desk: Desk): Promise<void> {
  for (let waited = 0; waited < SETUP_WITHIN_MS; waited += 50, await pause(50)) {
    const state = await desk.core.queries['sync.state']({})
    const colleagues = await desk.core.queries.colleagues({})
    if (state.link === 'online' && state.setup === null && state.behind === 0 && colleagues.length > 0) return
  }
  throw new Error('A workstation never had its first snapshot.')
}

function soon(late: string, work: (resolve: (at: number) => void) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(late)), WITHIN_MS)
    work((at) => {
      clearTimeout(timer)
      resolve(at)
    })
  })
}

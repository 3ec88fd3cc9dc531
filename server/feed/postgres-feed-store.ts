import { connectAlone, type Pool } from '../db/connect.ts'
import type { FeedStore } from './feed-store.ts'
import { readLog, readPage, readPlace } from './read-log.ts'
import { FEED_CHANNEL, sequencePending } from './sequence-pending.ts'

const REOPEN_MS = 1000

/** The feed in PostgreSQL. `onError` is called when the listening connection breaks. */
export const postgresFeedStore = (
  pool: Pool,
  connectionString: string,
  onError: (error: Error) => void,
): FeedStore => ({
  place: () => readPlace(pool),
  sequence: (scan) => sequencePending(pool, scan),
  log: (after, limit) => readLog(pool, after, limit),
  page: (scopes, cursor, limit) => readPage(pool, scopes, cursor, limit),
  listen: (heard) => listenAgain(connectionString, heard, onError),
})

/** Listens on its own connection and opens a new one when it breaks. */
async function listenAgain(connectionString: string, heard: () => void, onError: (error: Error) => void) {
  let current: Awaited<ReturnType<typeof connectAlone>> | null = null
  let stopped = false
  const open = async (): Promise<void> => {
    const client = await connectAlone(connectionString, onError)
    current = client
    client.on('notification', heard)
    client.once('end', () => {
      current = null
      reopenLater()
    })
    await client.query(`listen ${FEED_CHANNEL}`)
  }
  const reopenLater = () => {
    if (stopped) return
    setTimeout(() => {
      open().catch((error: Error) => {
        onError(error)
        reopenLater()
      })
    }, REOPEN_MS).unref()
  }
  await open()
  return {
    stop: async () => {
      stopped = true
      await current?.end()
    },
  }
}

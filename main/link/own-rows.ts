import type { Touched } from '../../db/apply/touched.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { Result } from '../../protocol/errors.ts'
import type { ListPlace } from '../../protocol/wire.ts'
import { inBackground, type Log } from '../log.ts'
import { isShared } from '../snapshot/cache-fits.ts'
import type { Reply, ServerLink } from './server-link.ts'

export interface OwnRowsOptions {
  readonly link: Pick<ServerLink, 'request'>
  readonly writer: Pick<
    Remote<WriterCalls>,
    'ownScopes' | 'leaveRowsOfOthers' | 'noteOwnScopes' | 'applyRows' | 'cacheFile' | 'place'
  >
  readonly log: Log
  /** The scopes that the signed-in user may have; empty when nobody is signed in. */
  scopes(): readonly string[]
  readonly onTouched: (touched: readonly Touched[]) => void
}

/**
 * The cache holds the team's and the user's own rows only for the signed-in user: this removes the rows of others and
 * fetches theirs once. From then on the feed brings what changes. Call it after every welcome and for every new cache.
 */
export function createOwnRows({ link, writer, log, onTouched, ...options }: OwnRowsOptions): { bring(): void } {
  let running = false
  let again = false

  async function once(): Promise<void> {
    const wanted = options
      .scopes()
      .filter((scope) => !isShared(scope))
      .toSorted()
    if (wanted.length === 0 || (await writer.place()).epoch === null) return
    const { path } = await writer.cacheFile()
    if ((await writer.ownScopes()).join('\n') === wanted.join('\n')) return
    onTouched([await writer.leaveRowsOfOthers(wanted)])
    let after: ListPlace | null = null
    do {
      const page: Result<Reply<'ownRows'>> = await link.request('ownRows', { after })
      // The server is not reached: the next welcome asks again.
      if (!page.ok) return
      if (page.value.changes.length > 0) onTouched([await writer.applyRows(page.value.changes)])
      after = page.value.next
    } while (after)
    if (
      options
        .scopes()
        .filter((scope) => !isShared(scope))
        .toSorted()
        .join('\n') === wanted.join('\n')
    )
      await writer.noteOwnScopes(wanted, path)
    else again = true
  }

  async function run(): Promise<void> {
    running = true
    try {
      do {
        again = false
        await once()
      } while (again)
    } finally {
      running = false
    }
  }

  return {
    bring: () => {
      if (running) again = true
      else inBackground(log, run(), 'own rows')
    },
  }
}

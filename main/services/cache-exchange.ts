import { nothingTouched, type Touched } from '../../db/apply/touched.ts'
import type { CachePlace } from '../../db/files/cache-file.ts'
import type { Workers } from '../../db/worker/start-workers.ts'
import { entityNames } from '../../protocol/entities.ts'

/** With another cache, every row may be another. */
const everything: Touched = { entities: [...entityNames], customerIds: null }

/** Makes another file the cache, for the writer and the reader, and says what may have changed. */
export interface CacheExchange {
  /** A downloaded snapshot. */
  swapIn(file: string, keyHex: string): Promise<CachePlace>
  /** An empty one: the old one is another server's, another user's, or damaged. */
  reset(): Promise<CachePlace>
  /** The one that the writer has by now. */
  follow(): Promise<CachePlace>
}

export function createCacheExchange({ writer, followCache }: Workers, onTouched: (touched: readonly Touched[]) => void): CacheExchange {
  const follow = async (touched: Touched): Promise<CachePlace> => {
    await followCache()
    onTouched([touched, everything])
    return writer.place()
  }
  return {
    swapIn: async (file, keyHex) => follow(await writer.useSnapshot(file, keyHex)),
    reset: async () => follow(await writer.resetCache()),
    follow: () => follow(nothingTouched),
  }
}

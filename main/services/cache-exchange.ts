import { nothingTouched, type Touched } from '../../db/apply/touched.ts'
import type { CachePlace } from '../../db/files/cache-file.ts'
import type { Workers } from '../../db/worker/start-workers.ts'
import { entityNames } from '../../protocol/entities.ts'

/** In another cache every row may be different. */
const everything: Touched = { entities: [...entityNames], customerIds: null }

/** Makes another file the cache, for the writer and the reader, and reports what may have changed. */
export interface CacheExchange {
  /** Makes a downloaded snapshot the cache. */
  swapIn(file: string, keyHex: string): Promise<CachePlace>
  /** Makes an empty file the cache, because the old one is another server's, another user's, or damaged. */
  reset(): Promise<CachePlace>
  /** Follows the writer to the cache that it has now. */
  follow(): Promise<CachePlace>
}

export function createCacheExchange(
  { writer, followCache }: Workers,
  onTouched: (touched: readonly Touched[]) => void,
): CacheExchange {
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

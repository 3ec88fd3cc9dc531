import type { Touched } from '../../db/apply/touched.ts'
import type { CachePlace } from '../../db/files/cache-file.ts'
import type { Workers } from '../../db/worker/start-workers.ts'
import type { EntityName } from '../../protocol/entities.ts'

/** Everything that lists show: with another cache, all of it may be another. */
const everything: Touched = { entities: ['customer', 'contactPoint', 'task', 'complaint', 'user', 'product', 'quote'] satisfies EntityName[], customerIds: null }

/** Makes another file the cache, for the writer and the reader, and says what may have changed. */
export interface CacheExchange {
  /** A downloaded snapshot. */
  swapIn(file: string, keyHex: string): Promise<CachePlace>
  /** An empty one: the old one is another server's, another user's, or damaged. */
  reset(): Promise<CachePlace>
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
  }
}

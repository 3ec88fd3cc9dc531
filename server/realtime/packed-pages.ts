import { deflateRawSync } from 'node:zlib'
import type { FeedPage, PackedPage, SentPage } from '../../protocol/wire.ts'

/** A page with fewer changes is not packed: the changes of live work are few, and packing them gains nothing. */
const MANY = 20
/** Packs a page to a quarter of its length (as base64), for a tenth of the time of the best level. */
const LEVEL = 1

/** Packs pages with many changes. A page that is sent to further readers is packed only once. */
export function packPages(): (page: FeedPage) => SentPage {
  const packed = new WeakMap<FeedPage, PackedPage>()
  return (page) => {
    if (page.changes.length < MANY) return page
    const known = packed.get(page)
    if (known) return known
    const { changes, ...place } = page
    const made: PackedPage = {
      ...place,
      packed: deflateRawSync(JSON.stringify(changes), { level: LEVEL }).toString('base64'),
    }
    packed.set(page, made)
    return made
  }
}

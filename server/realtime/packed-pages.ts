import { deflateRawSync } from 'node:zlib'
import type { FeedPage, PackedPage, SentPage } from '../../protocol/wire.ts'

/** Somebody's work as it happens is a few changes, and gains nothing. */
const MANY = 20
/** A quarter of the length, as base64, at a tenth of what the best level costs. */
const LEVEL = 1

/** Packs pages of many changes; one that is given again, for another reader, is packed already. */
export function packPages(): (page: FeedPage) => SentPage {
  const packed = new WeakMap<FeedPage, PackedPage>()
  return (page) => {
    if (page.changes.length < MANY) return page
    const known = packed.get(page)
    if (known) return known
    const { changes, ...place } = page
    const made: PackedPage = { ...place, packed: deflateRawSync(JSON.stringify(changes), { level: LEVEL }).toString('base64') }
    packed.set(page, made)
    return made
  }
}

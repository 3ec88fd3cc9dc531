import { inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { Change } from '../../protocol/wire.ts'

/** The server cuts pages at 4 MB, but a single row may be larger than that. */
const MOST_BYTES = 64 * 1024 * 1024
const Changes = z.array(Change).max(5000)

/** A packed page that cannot be read. The cursor must not pass it. */
export class UnreadablePageError extends Error {}

/** The changes of a packed page (`PackedPage`), checked against the contract. */
export function unpackedChanges(packed: string): readonly Change[] {
  let read: unknown
  try {
    read = JSON.parse(inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: MOST_BYTES }).toString())
  } catch (error) {
    throw new UnreadablePageError('A packed page from the server can not be unpacked.', { cause: error })
  }
  const changes = Changes.safeParse(read)
  if (changes.success) return changes.data
  throw new UnreadablePageError(
    `A packed page from the server does not fit at ${changes.error.issues[0]?.path.join('.') ?? '?'}.`,
  )
}

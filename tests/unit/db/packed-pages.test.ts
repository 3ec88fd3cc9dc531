import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { UnreadablePageError, unpackedChanges } from '../../../db/apply/unpacked-changes.ts'
import type { Change, FeedPage } from '../../../protocol/wire.ts'
import { packPages } from '../../../server/realtime/packed-pages.ts'
import { entityExamples } from '../../support/entity-examples.ts'

const pageOf = (count: number): FeedPage => ({
  epoch: 'e',
  after: 7,
  upTo: 7 + count,
  head: 900,
  changes: Array.from({ length: count }, (_, index): Change => {
    const row = { ...entityExamples.interaction(), note: '客人问灯的事🙂' }
    return {
      seq: 8 + index,
      entity: 'interaction',
      id: row.id,
      version: 1,
      scope: 'org',
      row: index % 3 === 0 ? null : row,
    }
  }),
})

describe('a page of many changes', () => {
  it('is packed once for all readers, and unpacks to the same changes', () => {
    const [pack, page] = [packPages(), pageOf(200)]
    const sent = pack(page)
    if (!('packed' in sent)) throw new Error('not packed')
    expect(pack(page)).toBe(sent)
    expect({ ...sent, packed: null }).toEqual({ epoch: 'e', after: 7, upTo: 207, head: 900, packed: null })
    expect(unpackedChanges(sent.packed)).toEqual(page.changes)
    expect(sent.packed.length).toBeLessThan(JSON.stringify(page).length / 3)
  })

  it('stays unpacked where it has only a few changes', () => {
    const page = pageOf(3)
    expect(packPages()(page)).toBe(page)
  })

  it('is refused when it is unpacked where it is no list of changes, has too many of them, or is a zip bomb', () => {
    const nonsense = [
      Buffer.alloc(0),
      Buffer.from('changes'),
      deflateRawSync('['),
      deflateRawSync('{}'),
      deflateRawSync(JSON.stringify([{ ...pageOf(1).changes[0], seq: -1 }])),
      deflateRawSync(JSON.stringify(pageOf(5001).changes)),
      deflateRawSync(Buffer.alloc(80 * 1024 * 1024)),
    ]
    for (const packed of nonsense) expect(() => unpackedChanges(packed.toString('base64'))).toThrow(UnreadablePageError)
  })
})

import { describe, expect, it } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import type { LogPage } from '../../../db/worker/cache-writes.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { openWriter } from '../../support/writer-on-files.ts'

const pageOf = (count: number): LogPage => ({
  epoch: null,
  after: 0,
  upTo: count,
  changes: Array.from({ length: count }, (_, index) => {
    const row = { ...entityExamples.customer(), id: crypto.randomUUID(), organisationId: null }
    return { seq: index + 1, entity: 'customer', id: row.id, version: row.version, scope: 'org', row: row as never }
  }),
})

describe('a bulk apply', () => {
  it('makes way for a ringing call, and continues without help', async () => {
    const writer = openWriter(tempFolder())
    writer.makeWay(300)
    const whole = writer.applyPage(pageOf(1200))
    await pause(100)
    expect(writer.place().cursor).toBe(0)
    await whole
    expect(writer.place().cursor).toBe(1200)
    writer.close()
  })

  it('does not delay a colleague’s change: that comes at once, even while a call rings', async () => {
    const writer = openWriter(tempFolder())
    writer.makeWay(60_000)
    await writer.applyPage(pageOf(3))
    expect(writer.place().cursor).toBe(3)
    writer.close()
  })

  it('that was begun on one cache does not continue on the next', async () => {
    const writer = openWriter(tempFolder())
    const whole = writer.applyPage(pageOf(1200))
    writer.resetCache()
    await whole
    expect(writer.place()).toEqual({ epoch: null, cursor: 0, scopes: [], partial: null })
    writer.close()
  })

  it('changes nothing if the page does not follow what is here', async () => {
    const writer = openWriter(tempFolder())
    const [page, elsewhere] = [pageOf(4), pageOf(4)]
    for (const apart of [
      { ...elsewhere, after: 2 },
      { ...elsewhere, epoch: 'another' },
    ])
      expect(await writer.applyPage(apart)).toEqual({ touched: [], cursor: 0 })
    expect(await writer.applyPage(page)).toMatchObject({ cursor: 4 })
    // The same page arrives twice.
    expect(await writer.applyPage(page)).toEqual({ touched: [], cursor: 4 })
    writer.close()
  })
})

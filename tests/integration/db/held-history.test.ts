import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { historyFrom, holdHistory, useHistory } from '../../../db/history/held-history.ts'
import { openCache } from '../../../db/files/cache-file.ts'
import { putRow, readRow } from '../../../db/rows/store.ts'
import { writeMeta } from '../../../db/schema/meta.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const FROM = Date.UTC(2026, 5, 1)
const OLD = Date.UTC(2024, 5, 1)
const HELD = 500

describe('the older history that a partial cache holds', () => {
  it('is removed for the customer whom nobody has looked at for the longest time, except rows that are unfinished or were changed here', () => {
    const cache = openCache(join(tempFolder(), 'cache.db'), randomBytes(32).toString('hex'))
    writeMeta(cache, 'historyFrom', String(FROM))
    const ids = Array.from({ length: HELD + 1 }, () => crypto.randomUUID() as CustomerId)
    const [first, second] = ids as [CustomerId, CustomerId]
    const orders = [first, second].flatMap((customerId) =>
      (['delivered', 'shipped'] as const).map((status) => ({
        ...entityExamples.order(),
        customerId,
        placedAt: OLD,
        status,
      })),
    )
    for (const order of orders) putRow(cache, 'order', order)
    const changed = { ...entityExamples.interaction(), customerId: second, startedAt: OLD }
    putRow(cache, 'interaction', changed)
    cache.run(
      'INSERT INTO "confirmed" ("entity", "id", "row") VALUES (?, ?, ?)',
      'interaction',
      changed.id,
      JSON.stringify(changed),
    )

    for (const [index, id] of ids.slice(0, HELD).entries()) holdHistory(cache, [id], index)
    expect(historyFrom(cache, first)).toBeNull()
    useHistory(cache, first, HELD)
    holdHistory(cache, [ids[HELD]!], HELD + 1)

    expect([historyFrom(cache, first), historyFrom(cache, second)]).toEqual([null, FROM])
    expect(orders.map(({ id }) => readRow(cache, 'order', id)?.status ?? null)).toEqual([
      'delivered',
      'shipped',
      null,
      'shipped',
    ])
    expect(readRow(cache, 'interaction', changed.id)?.id).toBe(changed.id)
    cache.close()
  })
})

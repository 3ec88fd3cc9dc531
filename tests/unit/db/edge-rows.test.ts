import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkedRows } from '../../../db/apply/apply-changes.ts'
import type { WritableDb } from '../../../db/handles.ts'
import { customerRecord } from '../../../db/queries/customer-record.ts'
import { colleagues } from '../../../db/queries/people.ts'
import { decidedApprovals, waitingApprovals } from '../../../db/queries/approvals.ts'
import { revisionsOf } from '../../../db/queries/revisions.ts'
import { priceMemory } from '../../../db/queries/price-memory.ts'
import { searchProducts } from '../../../db/queries/product-search.ts'
import { searchCustomers } from '../../../db/queries/search/search-customers.ts'
import { customerTimeline } from '../../../db/queries/timeline.ts'
import { openComplaints, openTasks, taskList, workCounts } from '../../../db/queries/work-lists.ts'
import { entities, entityNames } from '../../../protocol/entities.ts'
import { CustomerRecord } from '../../../protocol/record.ts'
import { queries, TaskView } from '../../../protocol/workstation.ts'
import { cacheWith } from '../../support/edge-cache.ts'
import { edgeRows, siteOf, strayRows } from '../../support/edge-rows.ts'

const folders: string[] = []
const opened: WritableDb[] = []
afterAll(() => {
  for (const db of opened) db.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
const cacheOf = (rows: ReturnType<typeof siteOf>) => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-edges-'))
  folders.push(folder)
  const db = cacheWith(rows, folder)
  opened.push(db)
  return db
}
const context = { now: Date.UTC(2026, 10, 30, 6), timeZone: 'Asia/Shanghai' }

const kinds = [
  ['at the edges of what is written', edgeRows],
  ['from before there were edges', strayRows],
] as const

describe.each(kinds)('rows %s', (_kind, make) => {
  const site = siteOf(make)
  const db = cacheOf(site)

  test.each(entityNames)('%s comes in over the feed', (entity) => {
    const rows = site[entity].map((row) => ({ entity, id: row.id, version: 1, scope: 'org', row: { ...row } }))
    expect(checkedRows(rows)).toHaveLength(rows.length)
  })

  test('every record and every page of its timeline is read, and fits what the screens take', () => {
    for (const { id } of site.customer) {
      expect(CustomerRecord.safeParse(customerRecord(db, id, context)).error).toBeUndefined()
      expect(
        CustomerRecord.safeParse(customerRecord(db, id, { ...context, timeZone: 'Nowhere/At_All' })).error,
      ).toBeUndefined()
      let before: Parameters<typeof customerTimeline>[2] = null
      do {
        const page = queries['customer.timeline'].result.parse(customerTimeline(db, id, before))
        ;({ before } = page)
      } while (before !== null)
    }
  })

  test('the work lists, the people, the prices and the search are read, and fit what the screens take', () => {
    for (const user of site.user)
      expect(queries['tasks.open'].result.safeParse(openTasks(db, user.id)).error).toBeUndefined()
    expect(openTasks(db, site.user[0]!.id).length).toBeGreaterThan(0)
    const [me] = site.user
    for (const view of TaskView.options)
      expect(queries['tasks.list'].result.safeParse(taskList(db, me!.id, view, context.now)).error).toBeUndefined()
    for (const read of [waitingApprovals, decidedApprovals])
      expect(queries['approvals.waiting'].result.safeParse(read(db, me!.id)).error).toBeUndefined()
    expect(
      queries['work.counts'].result.safeParse(
        workCounts(db, { userId: me!.id, team: me!.team, decides: true }, context.now),
      ).error,
    ).toBeUndefined()
    for (const { id } of site.interaction)
      expect(queries['interaction.revisions'].result.safeParse(revisionsOf(db, id)).error).toBeUndefined()
    const complaints = queries['complaints.open'].result.parse(openComplaints(db))
    expect(complaints.length === 0).toBe(!site.complaint.some(({ closedAt }) => closedAt === null))
    expect(queries.colleagues.result.safeParse(colleagues(db)).error).toBeUndefined()
    for (const product of site.product) {
      expect(
        queries['price.memory'].result.safeParse(priceMemory(db, site.customer[0]!.id, product.id, context.now)).error,
      ).toBeUndefined()
      expect(
        queries['product.search'].result.safeParse(searchProducts(db, product.name.slice(0, 300), 50)).error,
      ).toBeUndefined()
    }
    for (const { displayName, number } of site.customer) {
      for (const text of [displayName, number])
        expect(
          queries['customer.search'].result.safeParse(searchCustomers(db, text.slice(0, 300), 50)).error,
        ).toBeUndefined()
    }
  })
})

test.each(entityNames)('%s: rows may be read that may no longer be written', (entity) => {
  const rows = strayRows(entity)
  expect(rows.every((row) => entities[entity].stored.safeParse(row).success)).toBe(true)
  expect(rows.some((row) => !entities[entity].schema.safeParse(row).success)).toBe(true)
})

import type { EntityName } from '../../protocol/entities.ts'
import { TIMELINE_PAGE, type TimelineEntry, type TimelinePage } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ReadableDb } from '../handles.ts'
import { codecs, decodeRow, type AnyRow } from '../rows/codec.ts'
import { tables } from '../schema/tables.ts'

/** What the timeline is made of, with the time each is placed at. Tasks are few and kept by id: they are sorted here. */
const sources: readonly (readonly [kind: TimelineEntry['kind'], time: string])[] = [
  ['interaction', 'startedAt'], ['order', 'placedAt'], ['shipment', 'shippedAt'], ['orderReturn', 'requestedAt'], ['invoice', 'issuedAt'],
  ['payment', 'receivedAt'], ['quote', 'issuedAt'], ['complaint', 'openedAt'], ['stay', 'arriveAt'], ['task', 'createdAt'],
]

export type Before = { readonly at: number; readonly id: string } | null

/** A page of a customer's timeline, newest first, of rows strictly older than `before` (ties broken by id). */
export function customerTimeline(db: ReadableDb, customerId: CustomerId, before: Before): TimelinePage {
  const entries: TimelineEntry[] = []
  for (const [kind, time] of sources) {
    const rows = before
      ? db.all<AnyRow>(olderSql(kind, time), customerId, before.at, before.id)
      : db.all<AnyRow>(newestSql(kind, time), customerId)
    for (const row of rows) entries.push({ kind, at: row[time], row: decodeRow(kind, row) } as TimelineEntry)
  }
  return pageOf(entries)
}

/** The first page from rows that were read already: each list must hold the newest `TIMELINE_PAGE + 1` of its kind. */
export function firstPage(lists: Partial<Record<TimelineEntry['kind'], readonly { readonly id: string }[]>>): TimelinePage {
  const entries: TimelineEntry[] = []
  for (const [kind, time] of sources) {
    for (const row of lists[kind] ?? []) entries.push({ kind, at: (row as unknown as AnyRow)[time], row } as unknown as TimelineEntry)
  }
  return pageOf(entries)
}

function pageOf(entries: TimelineEntry[]): TimelinePage {
  entries.sort((a, b) => b.at - a.at || (a.row.id < b.row.id ? 1 : -1))
  const page = entries.slice(0, TIMELINE_PAGE)
  const last = page.at(-1)
  return { entries: page, before: entries.length > TIMELINE_PAGE && last ? { at: last.at, id: last.row.id } : null }
}

const newestSql = (kind: EntityName, time: string) => statements.newest[kind] ??=
  `SELECT ${codecs[kind].select} FROM ${tables[kind].name} WHERE "customerId" = ? ORDER BY "${time}" DESC, "id" DESC LIMIT ${TIMELINE_PAGE + 1}`
const olderSql = (kind: EntityName, time: string) => statements.older[kind] ??=
  `SELECT ${codecs[kind].select} FROM ${tables[kind].name} WHERE "customerId" = ? AND ("${time}", "id") < (?, ?) ORDER BY "${time}" DESC, "id" DESC LIMIT ${TIMELINE_PAGE + 1}`
const statements: Record<'newest' | 'older', Partial<Record<EntityName, string>>> = { newest: {}, older: {} }

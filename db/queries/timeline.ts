import type { EntityName } from '../../protocol/entities.ts'
import { TIMELINE_PAGE, type TimelineEntry, type TimelinePage } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { ReadableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { codecs, decodeRow } from '../rows/codec.ts'
import { readRow } from '../rows/store.ts'
import { tables } from '../schema/tables.ts'
import { buyerOf, idsOf } from './one-buyer.ts'

/**
 * The entities that the timeline shows, with the time that places each. Tasks are few and clustered by id, so they are
 * sorted here.
 */
const sources: readonly (readonly [kind: TimelineEntry['kind'], time: string])[] = [
  ['interaction', 'startedAt'],
  ['order', 'placedAt'],
  ['shipment', 'shippedAt'],
  ['orderReturn', 'requestedAt'],
  ['invoice', 'issuedAt'],
  ['payment', 'receivedAt'],
  ['quote', 'issuedAt'],
  ['complaint', 'openedAt'],
  ['stay', 'arriveAt'],
  ['task', 'createdAt'],
]

export type Before = { readonly at: number; readonly id: string } | null

/**
 * A page of the timeline of a customer and the others of the same buyer, newest first: rows that are strictly older
 * than `before`, with ties broken by id.
 */
export function customerTimeline(db: ReadableDb, customerId: CustomerId, before: Before): TimelinePage {
  const customer = readRow(db, 'customer', customerId)
  const { organisation = null, contacts = [] } = customer ? buyerOf(db, customer) : {}
  const entries: TimelineEntry[] = []
  const add = (of: 'one' | 'several', ids: string) => {
    for (const [kind, time] of sources) {
      const rows = before
        ? db.all<AnyRow>(olderSql(kind, time, of), ids, before.at, before.id)
        : db.all<AnyRow>(newestSql(kind, time, of), ids)
      for (const row of rows) entries.push({ kind, at: row[time], row: decodeRow(kind, row) } as TimelineEntry)
    }
  }
  add('one', customerId)
  if (organisation) add('one', organisation.id)
  else if (contacts.length > 0) add('several', idsOf(contacts))
  return pageOf(entries)
}

/**
 * Makes the first page from rows that were already read: each list must hold the newest `TIMELINE_PAGE + 1` rows of its
 * kind.
 */
export function firstPage(
  lists: Partial<Record<TimelineEntry['kind'], readonly { readonly id: string }[]>>,
): TimelinePage {
  const entries: TimelineEntry[] = []
  for (const [kind, time] of sources) {
    for (const row of lists[kind] ?? [])
      entries.push({ kind, at: (row as unknown as AnyRow)[time], row } as unknown as TimelineEntry)
  }
  return pageOf(entries)
}

function pageOf(entries: TimelineEntry[]): TimelinePage {
  entries.sort((a, b) => b.at - a.at || (a.row.id < b.row.id ? 1 : -1))
  const page = entries.slice(0, TIMELINE_PAGE)
  const last = page.at(-1)
  return { entries: page, before: entries.length > TIMELINE_PAGE && last ? { at: last.at, id: last.row.id } : null }
}

/** The rows of one customer lie in order; the rows of several have to be sorted. */
const whose = { one: '"customerId" = ?', several: '"customerId" IN (SELECT "value" FROM json_each(?))' } as const
type Whose = keyof typeof whose

const newestSql = (kind: EntityName, time: string, of: Whose) =>
  (statements[`newest ${kind} ${of}`] ??=
    `SELECT ${codecs[kind].select} FROM ${tables[kind].name} WHERE ${whose[of]} ORDER BY "${time}" DESC, "id" DESC LIMIT ${TIMELINE_PAGE + 1}`)
const olderSql = (kind: EntityName, time: string, of: Whose) =>
  (statements[`older ${kind} ${of}`] ??=
    `SELECT ${codecs[kind].select} FROM ${tables[kind].name} WHERE ${whose[of]} AND ("${time}", "id") < (?, ?) ORDER BY "${time}" DESC, "id" DESC LIMIT ${TIMELINE_PAGE + 1}`)
const statements: Record<string, string> = {}

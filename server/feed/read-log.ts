import type { Change, FeedPage } from '../../protocol/wire.ts'
import { mayHave } from '../auth/visible.ts'
import type { Queryable } from '../db/connect.ts'

/** A line of the feed as it is stored, before it is reduced to what a reader may see. */
export interface LogEntry {
  readonly seq: number
  readonly endsTransaction: boolean
  readonly entity: Change['entity']
  readonly id: string
  readonly version: number
  readonly scope: string
  readonly leftScope: string | null
  readonly row: Record<string, unknown> | null
}

const COLUMNS =
  'l.seq, l.ends_transaction as "endsTransaction", l.entity, l.row_id as id, l.version, l.scope, l.left_scope as "leftScope", l.row'

/** Where the feed of this database stands. */
export interface FeedPlace {
  readonly epoch: string
  readonly floor: number
  readonly head: number
}

export async function readPlace(db: Queryable): Promise<FeedPlace> {
  const { rows } = await db.query<FeedPlace>({
    name: 'feed.place',
    text: 'select epoch, floor, greatest(floor, (select max(seq) from feed_log)) as head from site',
  })
  const [place] = rows
  if (!place) throw new Error('The database has no site row.')
  return place
}

/** A page ends where its rows reach this size, and holds at least one row. So no reader has to take more at once. */
export const PAGE_BYTES = 4 * 1024 * 1024
/** The assumed size of a change without its row. */
const CHANGE_BYTES = 150
/** The length of a row as text. Only a row that PostgreSQL has compressed must be unpacked to learn it. */
const WEIGHT = `${CHANGE_BYTES} + coalesce(case when pg_column_compression(l.row) is null then pg_column_size(l.row) else octet_length(l.row::text) end, 0) as weight`

/**
 * The number of the last of `entries` that still fits on a page. Most pages are small, so their sum is checked first
 * and no running total is needed.
 */
const LAST_SEQ = `(
  case when (select sum(weight) from entries) <= ${PAGE_BYTES} then (select max(seq) from entries)
  else (select max(seq) from (select seq, weight, sum(weight) over (order by seq) as sofar from entries) weighed where sofar <= ${PAGE_BYTES} or sofar = weight) end)`

/** The lines after `after`, the oldest first, at most `limit` and at most a page's bytes. */
export async function readLog(db: Queryable, after: number, limit: number): Promise<LogEntry[]> {
  const { rows } = await db.query<LogEntry>({
    name: 'feed.log',
    text: `with entries as (select ${COLUMNS}, ${WEIGHT} from feed_log l where l.seq > $1 order by l.seq limit $2)
      select seq, "endsTransaction", entity, id, version, scope, "leftScope", row from entries where seq <= ${LAST_SEQ} order by seq`,
    values: [after, limit],
  })
  return rows
}

/**
 * A page for a workstation that was away. It leaves out rows that the reader may not see and lines that a later line
 * for the same reader replaces, so a week's absence costs only the rows that changed. It ends with a whole transaction
 * if one ends within the page. Where the feed no longer reaches back to `cursor`, the page begins at the floor: the
 * reader sees the gap and takes a snapshot.
 */
export async function readPage(
  db: Queryable,
  scopes: readonly string[],
  cursor: number,
  limit: number,
): Promise<FeedPage> {
  const {
    rows: [read],
  } = await db.query<FeedPlace & { found: number; entries: LogEntry[] | null }>({
    // The statement has no name, so that PostgreSQL plans it each time and looks up each line's head by its key. A plan
    // from when the feed was empty, or from old statistics, would read all heads for every line.
    text: `
      with place as (select epoch, floor, greatest(floor, (select max(seq) from feed_log)) as head from site),
      entries as (
        select ${COLUMNS}, ${WEIGHT} from feed_log l
        where l.seq > greatest($1, (select floor from place)) and (l.scope = any($2) or l.left_scope = any($2))
          and l.seq >= coalesce((select h.seq from feed_head h where h.entity = l.entity and h.row_id = l.row_id and h.scope = any($2)), 0)
        order by l.seq limit $3
      )
      select place.*, (select count(*) from entries)::int as found, (select json_agg(entries order by seq) from entries where seq <= ${LAST_SEQ}) as entries from place`,
    values: [cursor, scopes, limit],
  })
  if (!read) throw new Error('The database has no site row.')
  return pageOf({ ...read, entries: read.entries ?? [] }, scopes, cursor, limit)
}

/**
 * Makes the page for a reader from `cursor` on. `found` is how many lines there were; `entries` are as many of them as
 * fit.
 */
export function pageOf(
  { epoch, floor, head, found, entries }: FeedPlace & { found: number; entries: readonly LogEntry[] },
  scopes: readonly string[],
  cursor: number,
  limit: number,
): FeedPage {
  const after = Math.max(cursor, floor)
  if (entries.length === found && found < limit)
    return {
      epoch,
      after,
      upTo: Math.max(after, head),
      head,
      changes: entries.map((entry) => changeFor(scopes, entry)),
    }
  const lastWhole = entries.findLastIndex((entry) => entry.endsTransaction)
  const page = lastWhole < 0 ? entries : entries.slice(0, lastWhole + 1)
  return { epoch, after, upTo: page.at(-1)?.seq ?? after, head, changes: page.map((entry) => changeFor(scopes, entry)) }
}

/** The changes of a stretch that a reader may see. */
export const changesFor = (scopes: readonly string[], entries: readonly LogEntry[]): Change[] =>
  entries
    .filter((entry) => mayHave(scopes, entry.scope) || (entry.leftScope !== null && mayHave(scopes, entry.leftScope)))
    .map((entry) => changeFor(scopes, entry))

/** A row that moved out of the reader's scopes becomes a tombstone for them, in the scope in which they had it. */
function changeFor(scopes: readonly string[], entry: LogEntry): Change {
  const { seq, entity, id, version } = entry
  if (mayHave(scopes, entry.scope)) return { seq, entity, id, version, scope: entry.scope, row: entry.row }
  return { seq, entity, id, version, scope: entry.leftScope ?? entry.scope, row: null }
}

import { whoHasTelephones } from '../calls/telephone-lease.ts'
import type { Pool } from '../db/connect.ts'
import type { SiteSettings } from '../db/site.ts'
import type { FeedPlace } from '../feed/read-log.ts'
import type { SnapshotKeeper } from '../snapshots/snapshot-keeper.ts'
import type { CenterFacts } from './center-facts.ts'
import { deviceStates } from './device-states.ts'
import { findingsIn, type Finding } from './findings.ts'
import { LONG_MS, longTransactions } from './long-transactions.ts'
import type { NodeFacts, NodeWatch } from './node-facts.ts'
import { waitingCommands } from './waiting-commands.ts'

/** The status that the page, the command line and the metrics show. */
export interface Status extends CenterFacts {
  readonly at: number
  readonly site: Pick<SiteSettings, 'name' | 'timeZone'>
  readonly node: NodeFacts
  /** Everything that needs a person; empty: nothing does. */
  readonly findings: readonly Finding[]
}

export interface StatusReader {
  /** `scopes` decides which texts are shown (`waitingCommands`). Rejects where the database does not answer. */
  status(scopes: readonly string[] | null): Promise<Status>
  node(): NodeFacts
}

export interface StatusReaderOptions {
  readonly pool: Pool
  readonly site: SiteSettings
  readonly now: () => number
  readonly place: () => FeedPlace
  readonly keeper: Pick<SnapshotKeeper, 'standing'>
  readonly watch: Pick<NodeWatch, 'facts'>
}

export function createStatusReader({ pool, site, now, place, keeper, watch }: StatusReaderOptions): StatusReader {
  async function center(scopes: readonly string[] | null): Promise<CenterFacts> {
    const asked = performance.now()
    const {
      rows: [database],
    } = await pool.query<{ version: string }>("select current_setting('server_version') as version")
    const answeredMs = Math.round((performance.now() - asked) * 10) / 10
    const {
      rows: [read],
    } = await pool.query<{
      bytes: number
      epoch: string
      head: number
      floor: number
      since: number | null
      pending: number
      pendingMs: number
    }>(
      `select pg_database_size(current_database()) as bytes, epoch, floor, greatest(floor, (select max(seq) from feed_log)) as head, (select min(at) from feed_mark) as since,
         (select count(*) from feed_pending)::int as pending,
         coalesce((select greatest(0, extract(epoch from clock_timestamp() - min(left_at)) * 1000)::bigint from feed_pending), 0) as "pendingMs" from site`,
    )
    if (!database || !read) throw new Error('The database has no site row.')
    const { bytes, ...feed } = read
    return {
      database: { version: database.version, bytes, answeredMs },
      feed: { ...feed, nodeBehind: Math.max(0, feed.head - place().head) },
      snapshots: keeper.standing().map(({ kind, manifest }) => ({
        scopes: kind.scopes.join(' + ') + (kind.historyMonths === null ? '' : ` / ${kind.historyMonths} mo`),
        builtAt: manifest?.builtAt ?? null,
        bytes: manifest?.bytes ?? 0,
        behind: manifest ? Math.max(0, feed.head - manifest.seq) : 0,
      })),
      devices: await deviceStates(pool),
      commands: await waitingCommands(pool, scopes),
      telephones: await whoHasTelephones(pool),
      longTransactions: await longTransactions(pool, LONG_MS),
    }
  }

  return {
    node: () => watch.facts(),
    status: async (scopes) => {
      const facts = await center(scopes)
      const node = watch.facts()
      return {
        at: now(),
        site: { name: site.name, timeZone: site.timeZone },
        node,
        ...facts,
        findings: findingsIn(facts, now() - node.startedAt),
      }
    },
  }
}

import type { Pulled, PullPlace } from './row-center-process.ts'
import { peer } from './provide-peers.ts'

/** The message of a peer's client when it has every row. */
export interface PeerSaid {
  readonly said: 'pulled'
  readonly rows: number
  readonly seconds: number
}

interface Collection {
  readonly count: () => { exec(): Promise<number> }
}
interface Rxdb {
  createRxDatabase(options: object): Promise<{ addCollections(all: object): Promise<{ row: Collection }> }>
}
interface Replication {
  replicateRxCollection(options: object): {
    readonly error$: { subscribe(listener: (error: Error) => void): void }
    awaitInitialReplication(): Promise<void>
  }
}
interface MemoryStorage {
  getRxStorageMemory(): unknown
}
interface Document {
  readonly id: string
  readonly row: unknown
  readonly _deleted: boolean
}

const BATCH = 1000

// RxDB with its own storage for Node, which is in memory only: nothing is written to disk, and no index but the id is
// kept.
const center = process.env['CENTER_URL']!
const { createRxDatabase } = await peer<Rxdb>('rxdb')
const { replicateRxCollection } = await peer<Replication>('rxdb/plugins/replication')
const { getRxStorageMemory } = await peer<MemoryStorage>('rxdb/plugins/storage-memory')

const started = performance.now()
const database = await createRxDatabase({ name: 'peer', storage: getRxStorageMemory(), multiInstance: false })
const { row } = await database.addCollections({
  row: {
    schema: {
      version: 0,
      primaryKey: 'id',
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string', maxLength: 60 }, row: { type: 'object' } },
    },
  },
})
const replication = replicateRxCollection({
  collection: row,
  replicationIdentifier: 'peer',
  live: false,
  pull: { batchSize: BATCH, handler: pulled },
})
replication.error$.subscribe((error) => {
  throw error
})
await replication.awaitInitialReplication()
const rows = await row.count().exec()
process.send!({ said: 'pulled', rows, seconds: (performance.now() - started) / 1000 } satisfies PeerSaid, () =>
  process.exit(),
)

/** A page that is not full would end the pull, so a page continues with the next entity where one ends. */
async function pulled(
  place: PullPlace | undefined,
  size: number,
): Promise<{ documents: Document[]; checkpoint: PullPlace | undefined }> {
  const documents: Document[] = []
  let from: PullPlace | null = place ?? { entity: 'user', after: '' }
  while (from && documents.length < size) {
    const page = (await (
      await fetch(`${center}/page?${new URLSearchParams({ ...from, limit: String(size - documents.length) })}`)
    ).json()) as Pulled
    documents.push(
      ...page.rows.map(({ entity, row }): Document => ({ id: `${entity}/${String(row['id'])}`, row, _deleted: false })),
    )
    if (!page.place) return { documents, checkpoint: { entity: 'numberPick', after: '\uffff' } }
    from = page.place
  }
  return { documents, checkpoint: from ?? undefined }
}

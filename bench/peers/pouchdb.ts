import { peer } from './provide-peers.ts'

/** The parts of PouchDB that are used here. */
interface Pouch {
  bulkDocs(documents: readonly object[]): Promise<unknown>
  close(): Promise<void>
  readonly replicate: { from(url: string, options: object): Promise<{ docs_written: number }> }
}
export interface PouchConstructor {
  new (name: string): Pouch
  defaults(options: object): PouchConstructor
}

/** PouchDB for Node, which keeps its documents in LevelDB. */
export const pouchDb = async (): Promise<PouchConstructor> =>
  (await peer<{ default: PouchConstructor }>('pouchdb')).default

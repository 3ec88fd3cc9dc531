import { closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs'
import type { EntityName, Row } from '../protocol/entities.ts'
import { CACHE_SCHEMA } from '../protocol/version.ts'
import { openWritable } from './open.ts'
import type { AnyRow } from './rows/any-row.ts'
import { codecs } from './rows/codec.ts'
import { insertOpenPrice, openPrices } from './rows/open-prices.ts'
import { insertSearched } from './rows/searched-rows.ts'
import { cacheIndexes, cacheTables } from './schema/cache-schema.ts'
import { tables } from './schema/tables.ts'
import { writeMeta } from './schema/meta.ts'

/** The place in the feed at which the rows of a file stand, and for whom the file is. */
export interface SnapshotPlace {
  readonly epoch: string
  readonly seq: number
  readonly scopes: readonly string[]
  /**
   * null: the file holds the whole history. Otherwise it holds history from this instant on, and older rows that are
   * not finished; `historyMonths` is the number of months that was asked for.
   */
  readonly partial: { readonly historyFrom: number; readonly historyMonths: number } | null
}

export interface SnapshotWriter {
  /** Adds rows of one entity, each only once for the file. History is fastest in the order customer, time, id. */
  insert<E extends EntityName>(entity: E, rows: readonly Row<E>[]): void
  /** Builds the indexes, writes the file to disk completely and closes it. */
  finish(place: SnapshotPlace): { bytes: number }
  /** Gives up: closes and removes the file. */
  discard(): void
}

/**
 * Creates a new encrypted file with the schema of `cache.db`, ready to be a workstation's cache: search words, pinyin
 * and phone keys are computed here, so that the workstation has nothing left to do. An existing file is replaced.
 */
export function createSnapshotFile(path: string, keyHex: string): SnapshotWriter {
  rmSync(path, { force: true })
  const db = openWritable({ path, keyHex, purpose: 'snapshot', schema: CACHE_SCHEMA })
  // One transaction covers everything from the first table on: with a commit for each table, SQLite would write the
  // list of tables again and again.
  db.run('BEGIN')
  db.once(cacheTables)
  const lastSearchIds = new Map<EntityName, number>()

  const insertOne = (entity: EntityName, row: AnyRow) => {
    if (tables[entity].searched) {
      const searchId = (lastSearchIds.get(entity) ?? 0) + 1
      lastSearchIds.set(entity, searchId)
      insertSearched(db, entity, searchId, row)
      return
    }
    db.run(codecs[entity].insert, ...codecs[entity].encode(row))
    if (entity === 'quote') for (const price of openPrices(row)) db.run(insertOpenPrice, ...price)
  }

  return {
    insert: (entity, rows) => {
      for (const row of rows) insertOne(entity, row)
    },
    finish: (place) => {
      db.once(cacheIndexes)
      writeMeta(db, 'epoch', place.epoch)
      writeMeta(db, 'cursor', String(place.seq))
      writeMeta(db, 'scopes', JSON.stringify([...place.scopes].toSorted()))
      if (place.partial) {
        writeMeta(db, 'historyFrom', String(place.partial.historyFrom))
        writeMeta(db, 'historyMonths', String(place.partial.historyMonths))
      }
      db.run('COMMIT')
      // A sample is enough for the query planner; analysing everything would read the file once more.
      db.run('PRAGMA analysis_limit = 400')
      db.run('ANALYZE')
      db.run(`PRAGMA user_version = ${CACHE_SCHEMA}`)
      db.close()
      const file = openSync(path, 'r+')
      fsyncSync(file)
      closeSync(file)
      return { bytes: statSync(path).size }
    },
    discard: () => {
      db.close()
      rmSync(path, { force: true })
    },
  }
}

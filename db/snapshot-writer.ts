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

/** Where in the log the rows of a file stand, and whom it is for. */
export interface SnapshotPlace {
  readonly epoch: string
  readonly seq: number
  readonly scopes: readonly string[]
  /** null: all history is in it. Else history from this instant on, and what is not finished; `historyMonths` is how that was asked for. */
  readonly partial: { readonly historyFrom: number; readonly historyMonths: number } | null
}

export interface SnapshotWriter {
  /** Rows of one entity, each once in the file. History is fastest in the order customer, time, id. */
  insert<E extends EntityName>(entity: E, rows: readonly Row<E>[]): void
  /** Builds the indexes, presses the file onto the disk and closes it. */
  finish(place: SnapshotPlace): { bytes: number }
  /** Gives up: closes and removes the file. */
  discard(): void
}

/**
 * A new encrypted file in the schema of `cache.db`, ready to be somebody's cache: search words, pinyin and phone keys
 * are computed here, so that a workstation has nothing left to do. Replaces a file that is there.
 */
export function createSnapshotFile(path: string, keyHex: string): SnapshotWriter {
  rmSync(path, { force: true })
  const db = openWritable({ path, keyHex, purpose: 'snapshot', schema: CACHE_SCHEMA })
  // One transaction from the first table on: a commit of each would write the list of tables as often as it grows.
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
      // A sample is enough for the planner; all of it would read the file once more.
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

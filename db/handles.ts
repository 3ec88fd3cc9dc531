import type Database from 'better-sqlite3'

type Value = string | number | bigint | Buffer | null
export type SqlValue = Value

/** A database that the caller may only read. Each statement is prepared once for its text and kept. */
export interface ReadableDb {
  /** The first row, or undefined. */
  get<T>(sql: string, ...values: Value[]): T | undefined
  all<T>(sql: string, ...values: Value[]): T[]
  /** Yields rows one by one. Nothing else may run on this connection meanwhile. */
  each<T>(sql: string, ...values: Value[]): Iterable<T>
  /** Runs several reads over the same state of the database. */
  snapshot<T>(work: () => T): T
}

/** A database that the caller may also write. A function that asks for this type changes something. */
export interface WritableDb extends ReadableDb {
  /** Runs one statement; returns how many rows it changed. */
  run(sql: string, ...values: Value[]): number
  /** Runs statements that a connection needs only once, such as those that create the tables. None is kept prepared. */
  once(statements: readonly string[]): void
  /** Applies everything in `work` or nothing of it. Transactions nest: an inner one is a savepoint. */
  transaction<T>(work: () => T): T
  close(): void
}

/**
 * Wraps a connection; prepared statements live as long as it does. `named` may replace an SQLite error with a more
 * precise one.
 */
export function handle(raw: Database.Database, named: (error: unknown) => unknown = (error) => error): WritableDb {
  const prepared = new Map<string, Database.Statement>()
  const statement = (sql: string) => {
    let found = prepared.get(sql)
    if (!found) prepared.set(sql, (found = raw.prepare(sql)))
    return found
  }
  const tried = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw named(error)
    }
  }
  return {
    get: <T>(sql: string, ...values: Value[]) => tried(() => statement(sql).get(...values) as T | undefined),
    all: <T>(sql: string, ...values: Value[]) => tried(() => statement(sql).all(...values) as T[]),
    *each<T>(sql: string, ...values: Value[]) {
      try {
        yield* statement(sql).iterate(...values) as Iterable<T>
      } catch (error) {
        throw named(error)
      }
    },
    snapshot: <T>(work: () => T) => tried(raw.transaction(work)),
    run: (sql, ...values) => tried(() => statement(sql).run(...values).changes),
    once: (statements) =>
      tried(() => {
        raw.exec(statements.join(';\n'))
      }),
    transaction: <T>(work: () => T) => tried(raw.transaction(work)),
    close: () => {
      prepared.clear()
      raw.close()
    },
  }
}

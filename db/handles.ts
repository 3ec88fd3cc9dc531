import type Database from 'better-sqlite3'

type Value = string | number | bigint | Buffer | null
export type SqlValue = Value

/** A database one may only read from. Statements are prepared once for each text and kept. */
export interface ReadableDb {
  /** The first row, or undefined. */
  get<T>(sql: string, ...values: Value[]): T | undefined
  all<T>(sql: string, ...values: Value[]): T[]
  /** Rows one by one; nothing else may run on this connection meanwhile. */
  each<T>(sql: string, ...values: Value[]): Iterable<T>
  /** Runs several reads over one state of the database. */
  snapshot<T>(work: () => T): T
}

/** A database one may also write to. A function that asks for this changes something. */
export interface WritableDb extends ReadableDb {
  /** Runs one statement; returns how many rows it changed. */
  run(sql: string, ...values: Value[]): number
  /** Runs statements that no connection needs twice, such as those that make the tables; none is kept. */
  once(statements: readonly string[]): void
  /** Everything in `work` or nothing of it. Nests: an inner one is a savepoint. */
  transaction<T>(work: () => T): T
  close(): void
}

/** Wraps a connection; statements live as long as it does. `named` may give an error of SQLite a better name. */
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
    once: (statements) => tried(() => { raw.exec(statements.join(';\n')) }),
    transaction: <T>(work: () => T) => tried(raw.transaction(work)),
    close: () => {
      prepared.clear()
      raw.close()
    },
  }
}

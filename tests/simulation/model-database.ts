import { sealFits } from '../../server/commands/command-seal.ts'
import type { CommandStore, CommandTransaction, Journal, StoredResult } from '../../server/commands/command-store.ts'
import type { FeedStore } from '../../server/feed/feed-store.ts'
import { pageOf, type FeedPlace } from '../../server/feed/read-log.ts'
import type { PendingChange } from '../../server/feed/pending.ts'
import { saysNothing, wasTold } from '../../domain/price-guard.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { EntityName, Row } from '../../protocol/entities.ts'
import { eraseIn, type AnyRow, type Committed, type Pending } from './committed.ts'
import type { Process, World } from './world.ts'

/**
 * A transaction with one thing more than the commands need from PostgreSQL: it can remove rows, which no command does.
 */
export interface ModelTransaction extends CommandTransaction {
  remove(entity: EntityName, id: string): Promise<void>
  /**
   * Does what `server/erasure/erase-customer.ts` does in SQL after it has removed the rows: until the commit no change
   * gets a number.
   */
  scrub(customerId: CustomerId, gone: readonly PendingChange[]): Promise<void>
}

/**
 * A model of PostgreSQL as far as commands and feed see it: read committed, row locks with deadlock detection, unique
 * keys, sequences that never roll back, an advisory lock for the sequencer, notifications that may be late or lost. It
 * passes the same contract test as the real one (`tests/support/store-contract.ts`). Every statement takes time, and
 * its process may die during it: then its transaction is gone and its locks are free.
 */
export interface ModelDatabase {
  readonly committed: () => Committed
  /** Ids of all commands that were ever committed, including those that a backup does not know. */
  readonly everTaken: ReadonlySet<string>
  commandStore(process: Process): CommandStore
  feedStore(process: Process): FeedStore
  transaction<T>(process: Process, work: (transaction: ModelTransaction) => Promise<T>): Promise<T>
  /**
   * Breaks all connections, as a restart of PostgreSQL does. Uncommitted work is lost, and for this time no statement
   * is answered.
   */
  restart(downMs: number): void
  backup(): Committed
  /** Restores a backup as an operator does, and gives the database another epoch. */
  restore(backup: Committed, epoch: string): void
  /** Removes the feed below this number. */
  raiseFloor(floor: number): void
}

interface Transaction {
  readonly id: number
  readonly process: Process
  /**
   * The number of restarts of the database when the transaction began; a transaction from before the last restart is
   * broken.
   */
  readonly life: number
  rows: Map<string, AnyRow | null>
  writes: ((state: Committed) => void)[]
  readonly held: Set<string>
  waitsFor: string | null
  over: boolean
}

const failure = (code: string, message: string) => Object.assign(new Error(message), { code })
const broken = () => failure('57P01', 'terminating connection due to administrator command')
/** A small number, so that histories reach beyond the window. */
const HOT_WINDOW = 6
/** The sequencer's advisory lock, kept among the row locks. */
const SEQUENCER = 'sequencer'
const rowKey = (entity: string, id: string) => `${entity} ${id}`
const clone = <T>(value: T): T => structuredClone(value)

export function createModelDatabase(world: World): ModelDatabase {
  let state: Committed = {
    epoch: 'epoch-1',
    floor: 0,
    rows: new Map(),
    journals: new Map(),
    results: new Map(),
    sessions: new Map(),
    pending: [],
    log: [],
    heads: new Map(),
    erasures: [],
    receipts: new Set(),
  }
  let life = 1
  let downUntil = 0
  const isDown = () => world.now() < downUntil
  let ids = 0
  let pendingIds = 0
  let numbers = 0
  const everTaken = new Set<string>()
  const locks = new Map<
    string,
    { owner: Transaction; waiting: { by: Transaction; resolve: () => void; reject: (error: Error) => void }[] }
  >()
  const listeners = new Set<{ process: Process; heard: () => void }>()

  function release(transaction: Transaction): void {
    transaction.over = true
    for (const key of transaction.held) {
      const lock = locks.get(key)
      if (lock?.owner !== transaction) continue
      const next = lock.waiting.shift()
      if (!next) {
        locks.delete(key)
        continue
      }
      lock.owner = next.by
      next.by.held.add(key)
      next.by.waitsFor = null
      next.resolve()
    }
  }
  const closesCircle = (from: Transaction, key: string): boolean => {
    for (
      let owner = locks.get(key)?.owner;
      owner;
      owner = owner.waitsFor === null ? undefined : locks.get(owner.waitsFor)?.owner
    )
      if (owner === from) return true
    return false
  }
  function lock(transaction: Transaction, key: string): Promise<void> {
    const there = locks.get(key)
    if (there?.owner === transaction) return Promise.resolve()
    if (!there) {
      locks.set(key, { owner: transaction, waiting: [] })
      transaction.held.add(key)
      return Promise.resolve()
    }
    if (closesCircle(transaction, key)) return Promise.reject(failure('40P01', 'deadlock detected'))
    transaction.waitsFor = key
    return new Promise((resolve, reject) => {
      there.waiting.push({ by: transaction, resolve, reject })
    })
  }

  const open = new Set<Transaction>()
  function begin(process: Process): Transaction {
    const transaction: Transaction = {
      id: (ids += 1),
      process,
      life,
      rows: new Map(),
      writes: [],
      held: new Set(),
      waitsFor: null,
      over: false,
    }
    open.add(transaction)
    process.onDeath(() => {
      end(transaction)
    })
    return transaction
  }
  function end(transaction: Transaction): void {
    if (transaction.over) return
    open.delete(transaction)
    for (const [key, { waiting }] of locks)
      if (transaction.waitsFor === key)
        waiting.splice(
          waiting.findIndex(({ by }) => by === transaction),
          1,
        )
    release(transaction)
  }

  function statements(transaction: Transaction): ModelTransaction {
    const { process } = transaction
    /** One statement: time passes, and a broken connection throws. */
    const statement = async (): Promise<void> => {
      await process.step()
      if (isDown() || transaction.life !== life || transaction.over) throw broken()
    }
    const readNow = (key: string): AnyRow | null =>
      transaction.rows.has(key) ? transaction.rows.get(key)! : (state.rows.get(key) ?? null)
    const put = (key: string, row: AnyRow | null) => {
      transaction.rows.set(key, row)
      transaction.writes.push((to) => {
        if (row) to.rows.set(key, row)
        else to.rows.delete(key)
      })
    }
    const journalKey = ({ deviceId, incarnation }: Journal) => `${deviceId} ${incarnation}`
    const own = {
      lastHash: null as string | null,
      next: new Map<string, number>(),
      results: new Map<string, StoredResult & { effects: number }>(),
    }
    return {
      lockNextSeq: async (journal, now) => {
        await statement()
        await lock(transaction, `journal ${journalKey(journal)}`)
        const key = journalKey(journal)
        if (!state.journals.has(key))
          transaction.writes.push((to) => {
            if (!to.journals.has(key)) to.journals.set(key, { ...journal, next: 1, seenAt: now, lastHash: null })
          })
        return own.next.get(key) ?? state.journals.get(key)?.next ?? 1
      },
      setNextSeq: async (journal, next, now) => {
        await statement()
        own.next.set(journalKey(journal), next)
        transaction.writes.push((to) => {
          to.journals.set(journalKey(journal), { ...journal, next, seenAt: now, lastHash: own.lastHash })
        })
      },
      storedResult: async (commandId) => {
        await statement()
        const found = own.results.get(commandId) ?? state.results.get(commandId)
        return found ? clone(found) : null
      },
      storeResult: async (_journal, envelope, outcome) => {
        await statement()
        await lock(transaction, `result ${envelope.commandId}`)
        if (state.results.has(envelope.commandId))
          throw failure('23505', 'duplicate key value violates unique constraint')
        const { commandId, hash, name, args } = envelope
        own.lastHash = hash
        const result = clone({ hash, name, args, outcome, effects: 1 })
        own.results.set(commandId, result)
        transaction.writes.push((to) => {
          everTaken.add(commandId)
          to.results.set(commandId, { ...result, effects: (to.results.get(commandId)?.effects ?? 0) + 1 })
        })
      },
      replaceResult: async (_journal, envelope, outcome) => {
        await statement()
        await lock(transaction, `result ${envelope.commandId}`)
        const { commandId, hash, name, args } = envelope
        own.lastHash = hash
        const result = clone({ hash, name, args, outcome })
        own.results.set(commandId, { ...result, effects: 1 })
        // The result that this one replaces had no effect, so the count stays.
        transaction.writes.push((to) => {
          to.results.set(commandId, { ...result, effects: to.results.get(commandId)?.effects ?? 1 })
        })
      },
      erasedAmong: async (ids) => {
        await statement()
        return state.erasures.some(({ erased }) => ids.some((id) => erased.has(id)))
      },
      holdCustomers: async (held) => {
        await statement()
        for (const id of [...held].toSorted())
          if (state.rows.has(rowKey('customer', id))) await lock(transaction, rowKey('customer', id))
      },
      scrub: async (customerId, gone) => {
        await statement()
        // From here to the commit no change gets a number.
        await lock(transaction, SEQUENCER)
        const pending = gone.map((change) => ({ ...change, pendingId: (pendingIds += 1), transaction: transaction.id }))
        transaction.writes.push((to) => {
          eraseIn(to, customerId, pending, world.newId())
        })
      },
      sealingSession: async (sessionId) => {
        await statement()
        const found = state.sessions.get(sessionId)
        return found ? { ...found, fits: (envelope) => sealFits(envelope, found.sealKey) } : null
      },
      // There are no calls in the simulation.
      agentsOfCall: async () => null,
      row: async <E extends EntityName>(entity: E, id: string, locked = false) => {
        await statement()
        const key = rowKey(entity, id)
        if (locked && state.rows.has(key)) await lock(transaction, key)
        return clone(readNow(key)) as Row<E> | null
      },
      rowsOfCustomer: async (entity, customerId, locked = false) => {
        await statement()
        const keys = [...new Set([...state.rows.keys(), ...transaction.rows.keys()])]
          .filter(
            (key) =>
              key.startsWith(`${entity} `) &&
              (readNow(key) as { customerId?: string } | null)?.customerId === customerId,
          )
          .toSorted()
        if (locked) for (const key of keys) await lock(transaction, key)
        return keys
          .map(readNow)
          .filter((row) => row !== null)
          .map(clone) as never
      },
      lastTold: async (customerId, productId, scopes) => {
        await statement()
        const rows = [...new Set([...state.rows.keys(), ...transaction.rows.keys()])].flatMap((key) => {
          const row = readNow(key)
          return row ? [{ entity: key.split(' ')[0], row }] : []
        })
        const customers = rows.filter(({ entity }) => entity === 'customer').map(({ row }) => row as Row<'customer'>)
        const head = customers.find(({ id }) => id === customerId)?.organisationId ?? customerId
        const buyer = new Set<string>([
          customerId,
          head,
          ...customers.filter(({ organisationId }) => organisationId === head).map(({ id }) => id),
        ])
        const quotes = rows
          .filter(({ entity }) => entity === 'quote')
          .map(({ row }) => row as Row<'quote'>)
          .filter(
            (quote) =>
              buyer.has(quote.customerId) &&
              quote.lines.some((line) => line.productId === productId) &&
              !saysNothing.includes(quote.status) &&
              wasTold(quote) &&
              scopes.includes(quote.scope),
          )
        return clone(quotes.toSorted((a, b) => b.issuedAt - a.issuedAt || (a.id < b.id ? 1 : -1))[0] ?? null)
      },
      insert: async (entity, row) => {
        await statement()
        const key = rowKey(entity, row.id)
        await lock(transaction, key)
        if (readNow(key)) throw failure('23505', 'duplicate key value violates unique constraint')
        put(key, clone(row))
      },
      update: async (entity, row) => {
        await statement()
        const key = rowKey(entity, row.id)
        await lock(transaction, key)
        if (readNow(key)) put(key, clone(row))
      },
      remove: async (entity, id) => {
        await statement()
        const key = rowKey(entity, id)
        await lock(transaction, key)
        put(key, null)
      },
      reserveNumbers: async () => {
        await statement()
        const number = (numbers += 1)
        return (series) => `${series}-${number}`
      },
      leavePending: async (changes) => {
        if (changes.length === 0) return
        await statement()
        const pending = changes.map((change) => ({
          ...clone(change),
          pendingId: (pendingIds += 1),
          transaction: transaction.id,
        }))
        transaction.writes.push((to) => {
          to.pending.push(...pending)
        })
      },
      undoneIfThrown: async (work) => {
        await statement()
        const [rows, writes] = [new Map(transaction.rows), transaction.writes.length]
        try {
          return await work()
        } catch (error) {
          transaction.rows = rows
          transaction.writes = transaction.writes.slice(0, writes)
          throw error
        }
      },
    }
  }

  async function transaction<T>(process: Process, work: (on: ModelTransaction) => Promise<T>): Promise<T> {
    await process.step()
    if (isDown()) throw broken()
    const begun = begin(process)
    try {
      const result = await work(statements(begun))
      await process.step()
      if (begun.life !== life || begun.over) throw broken()
      for (const write of begun.writes) write(state)
      world.note(`${process.name} commits ${begun.writes.length} writes`)
      end(begun)
      await process.step()
      return result
    } catch (error) {
      end(begun)
      throw error
    }
  }

  function breakConnections(): void {
    life += 1
    for (const { waiting } of locks.values()) for (const { reject } of waiting.splice(0)) reject(broken())
    for (const transaction of open) end(transaction)
  }

  const headSeq = () => Math.max(state.floor, state.log.at(-1)?.seq ?? 0)
  const place = (): FeedPlace => ({ epoch: state.epoch, floor: state.floor, head: headSeq() })

  /** Does what `sequence-pending.ts` does in SQL. */
  function reachOf(scan: 'hot' | 'full', tail: number): Pending[] {
    const windowStart = scan === 'hot' ? Math.max(0, tail - HOT_WINDOW) : 0
    const older = state.pending.filter(({ pendingId }) => pendingId <= windowStart)
    const isNewer = state.pending.some(
      (newer) => newer.pendingId > windowStart && older.some((row) => row.id === newer.id),
    )
    const from = isNewer ? 0 : windowStart
    const taken = new Set(state.pending.filter(({ pendingId }) => pendingId > from).map((row) => row.transaction))
    const lastOf = new Map<number, number>()
    for (const row of state.pending)
      lastOf.set(row.transaction, Math.max(lastOf.get(row.transaction) ?? 0, row.pendingId))
    return state.pending
      .filter((row) => taken.has(row.transaction))
      .toSorted((a, b) => lastOf.get(a.transaction)! - lastOf.get(b.transaction)! || a.pendingId - b.pendingId)
  }

  return {
    committed: () => state,
    everTaken,
    commandStore: (process) => ({ transaction: (work) => transaction(process, work) }),
    transaction,
    feedStore: (process) => ({
      place: async () => {
        const before = life
        await process.step()
        if (isDown() || before !== life) throw broken()
        return place()
      },
      sequence: async (scan) => {
        const before = life
        await process.step()
        if (isDown()) throw broken()
        if (locks.has(SEQUENCER)) return { mine: false, moved: 0 }
        if (state.pending.length === 0) return { mine: true, moved: 0 }
        const numbering = begin(process)
        await lock(numbering, SEQUENCER)
        try {
          await process.step()
          if (before !== life) throw broken()
          const tail = state.log.at(-1)?.pendingId ?? 0
          const taken = reachOf(scan, tail)
          let seq = headSeq()
          const lines = taken.map((row, index) => {
            const lastId = taken.findLast((other) => other.transaction === row.transaction)!.pendingId
            const { entity, id, version, scope, leftScope } = row
            return {
              seq: (seq += 1),
              pendingId: Math.max(lastId, tail),
              endsTransaction: taken[index + 1]?.transaction !== row.transaction,
              entity,
              id,
              version,
              scope,
              leftScope,
              row: row.row,
            }
          })
          await process.step()
          if (before !== life) throw broken()
          const gone = new Set(taken)
          state.pending = state.pending.filter((row) => !gone.has(row))
          state.log.push(...lines)
          for (const line of lines) state.heads.set(rowKey(line.entity, line.id), { seq: line.seq, scope: line.scope })
          if (lines.length > 0) world.note(`${process.name} numbers up to ${seq}`)
          if (lines.length > 0)
            for (const listener of listeners)
              if (world.random.chance(0.8)) listener.process.after(world.random.next() * 4, listener.heard)
          return { mine: true, moved: lines.length }
        } finally {
          end(numbering)
        }
      },
      log: async (after, limit) => {
        const before = life
        await process.step()
        if (isDown() || before !== life) throw broken()
        return clone(state.log.filter(({ seq }) => seq > after).slice(0, limit))
      },
      page: async (scopes, cursor, limit) => {
        const before = life
        await process.step()
        if (isDown() || before !== life) throw broken()
        const found = state.log
          .filter((line) => {
            if (
              line.seq <= Math.max(cursor, state.floor) ||
              !(scopes.includes(line.scope) || (line.leftScope !== null && scopes.includes(line.leftScope)))
            )
              return false
            const head = state.heads.get(rowKey(line.entity, line.id))
            return !(head && head.seq > line.seq && scopes.includes(head.scope))
          })
          .slice(0, limit)
        return clone(pageOf({ ...place(), found: found.length, entries: found }, scopes, cursor, limit))
      },
      listen: async (heard) => {
        await process.step()
        const listener = { process, heard }
        listeners.add(listener)
        process.onDeath(() => {
          listeners.delete(listener)
        })
        return {
          stop: async () => {
            listeners.delete(listener)
          },
        }
      },
    }),
    restart: (downMs) => {
      breakConnections()
      downUntil = world.now() + downMs
    },
    backup: () => clone(state),
    restore: (backup, epoch) => {
      breakConnections()
      state = { ...clone(backup), epoch }
    },
    raiseFloor: (floor) => {
      state.floor = Math.max(state.floor, Math.min(floor, headSeq()))
      state.log = state.log.filter(({ seq }) => seq > state.floor)
    },
  }
}

import type { OpenedFiles } from '../../db/files/open-files.ts'
import { nothingTouched } from '../../db/apply/touched.ts'
import { cachePlace } from '../../db/files/cache-file.ts'
import { readMeta, writeMeta } from '../../db/schema/meta.ts'
import type { WritableDb } from '../../db/handles.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { LinkSocketEvents, OpenLinkSocket } from '../../main/link/link-socket.ts'
import type { CommandTransaction } from '../../server/commands/command-store.ts'
import type { FeedPage } from '../../protocol/wire.ts'
import { soundJoints, type Joints } from './history.ts'
import type { Committed } from './committed.ts'
import type { ModelDatabase } from './model-database.ts'
import { openDisk } from './workstation.ts'

/** A mistake that real sync engines have made, put in at one of the joints. */
export interface PlantedBug {
  readonly name: string
  /** The seed of a history that found the bug; it is tried first. If the histories change, other seeds find it. */
  readonly seed: number
  readonly joints: Joints
}

const plant = (name: string, seed: number, joints: Partial<Joints>): PlantedBug => ({
  name,
  seed,
  joints: { ...soundJoints, ...joints },
})

/** A writer with one call changed. */
const writerWith =
  (change: (writer: WriterCalls, files: OpenedFiles) => Partial<WriterCalls>): Joints['writer'] =>
  (writer, files) => ({ ...writer, ...change(writer, files) })

/** A command's transaction with some statements changed. */
const statementsWith =
  (
    change: (transaction: CommandTransaction, database: ModelDatabase) => Partial<CommandTransaction>,
  ): Joints['commandStore'] =>
  (store, database) => ({
    transaction: (work) =>
      store.transaction((transaction) => work({ ...transaction, ...change(transaction, database) })),
  })

/** Disks whose files write differently. */
const disksWith =
  (change: (db: WritableDb, kind: 'journal' | 'cache') => void): Joints['openFiles'] =>
  (folder) => {
    const files = openDisk(folder)
    change(files.journal, 'journal')
    change(files.cache, 'cache')
    return files
  }

/** Changes what the connection delivers before the core gets it. */
const arrivingWith =
  (change: (name: string, payload: unknown, events: LinkSocketEvents) => void): Joints['link'] =>
  (open): OpenLinkSocket =>
  (auth, withinMs, events) =>
    open(auth, withinMs, {
      ...events,
      onMessage: (name, payload) => {
        change(name, payload, events)
      },
    })

export const plantedBugs: readonly PlantedBug[] = [
  plant('a place in the log is taken for lost, and everything is loaded anew', 1, {
    writer: writerWith((writer) => ({ place: () => ({ ...writer.place(), cursor: -1 }) })),
  }),
  // The workstation's journal.
  plant('the journal is written as lazily as the library would', 4, {
    openFiles: disksWith((db, kind) => {
      if (kind === 'journal') db.run('PRAGMA synchronous = 1')
    }),
  }),
  plant('a command is said to be kept before it is', 2, {
    writer: writerWith((writer) => {
      const late: (() => void)[] = []
      const flush = () => {
        for (const enter of late.splice(0)) enter()
      }
      return {
        enter: (commands, along) => {
          late.push(() => {
            writer.enter(commands, along)
          })
          return { ok: true, seqs: [], touched: { entities: [], customerIds: [] }, notShown: null }
        },
        toSend: (bytes) => {
          const batch = writer.toSend(bytes)
          flush()
          return batch
        },
      }
    }),
  }),
  plant('a draft is said to be saved when the next one comes', 1, {
    writer: writerWith((writer) => {
      let last: Parameters<WriterCalls['saveDraft']> | null = null
      return {
        saveDraft: (...draft) => {
          if (last) writer.saveDraft(...last)
          last = draft
          return { saved: true, diskFull: false }
        },
      }
    }),
  }),
  plant('what the server acknowledged is deleted at once', 1, {
    writer: writerWith((writer, files) => ({
      recordOutcomes: (outcomes, at) => {
        const touched = writer.recordOutcomes(outcomes, at)
        files.journal.run(`DELETE FROM "command" WHERE "state" = 'settled'`)
        return touched
      },
    })),
  }),
  plant('what was sent counts as arrived', 5, {
    writer: writerWith((writer) => {
      const sent = new Set<number>()
      return {
        toSend: (bytes) => writer.toSend(bytes).filter(({ seq }) => !sent.has(seq)),
        markSent: (seqs) => {
          for (const seq of seqs) sent.add(seq)
          writer.markSent(seqs)
        },
      }
    }),
  }),
  plant('what was refused is forgotten', 17, {
    writer: writerWith((writer, files) => ({
      recordOutcomes: (outcomes, at) => {
        const touched = writer.recordOutcomes(outcomes, at)
        files.journal.run(`UPDATE "command" SET "state" = 'dropped' WHERE "state" IN ('refused', 'parked')`)
        return touched
      },
    })),
  }),
  plant('"try again later" counts as done', 64, {
    writer: writerWith((writer) => ({
      recordOutcomes: (outcomes, at) =>
        writer.recordOutcomes(
          outcomes.map(({ seq, outcome }) => ({
            seq,
            outcome: outcome.kind === 'retryLater' ? { kind: 'applied', versions: [] } : outcome,
          })),
          at,
        ),
    })),
  }),
  plant('a restored server is not sent again what it lost', 19, {
    writer: writerWith((_, files) => ({
      replayFrom: (seq) => {
        writeMeta(files.journal, 'lastSeq', String(Math.max(seq - 1, Number(readMeta(files.journal, 'lastSeq') ?? 0))))
        return { touched: nothingTouched, notShown: null }
      },
    })),
  }),
  plant('copies of a disk go on under one name', 132, {
    writer: writerWith(() => ({ beginIncarnation: () => ({ touched: nothingTouched, notShown: null }) })),
  }),

  // The workstation's cache.
  plant('the cursor moves before its rows', 13, {
    writer: writerWith((writer, files) => ({
      applyPage: async (page) => {
        const place = cachePlace(files.cache)
        if (page.epoch === place.epoch && page.after <= place.cursor && page.upTo > place.cursor) {
          files.cache.transaction(() => writeMeta(files.cache, 'cursor', String(page.upTo)))
          files.cache.transaction(() => writeMeta(files.cache, 'cursor', String(place.cursor)))
        }
        return writer.applyPage(page)
      },
    })),
  }),
  plant('a page is taken wherever it begins', 1, {
    writer: writerWith((writer) => ({ applyPage: (page) => writer.applyPage({ ...page, after: 0 }) })),
    link: arrivingWith((name, payload, events) => {
      events.onMessage(name, name === 'feed' ? { ...(payload as FeedPage), after: 0 } : payload)
    }),
  }),
  plant('nothing is kept of the row under a pending command', 30, {
    openFiles: disksWith((db, kind) => {
      if (kind === 'cache')
        db.run('CREATE TEMP TRIGGER "forget" AFTER INSERT ON "confirmed" BEGIN DELETE FROM "confirmed"; END')
    }),
  }),
  plant('a snapshot says that it is newer than it is', 2, {
    writer: writerWith((writer, files) => ({
      useSnapshot: (file, keyHex) => {
        const touched = writer.useSnapshot(file, keyHex)
        writeMeta(files.cache, 'cursor', String(cachePlace(files.cache).cursor + 2))
        return touched
      },
    })),
  }),

  // The server's commands.
  plant('a command is acknowledged before it is committed', 1, {
    commandStore: (store) => ({
      transaction: (work) =>
        new Promise((resolve, reject) => {
          store
            .transaction(async (transaction) => {
              const result = await work(transaction)
              resolve(result)
              return result
            })
            .catch(reject)
        }),
    }),
  }),
  plant('nobody asks whether a command came before', 3, {
    commandStore: statementsWith(() => ({ storedResult: async () => null })),
  }),
  plant('what was refused is not kept at the server', 17, {
    commandStore: statementsWith((transaction) => ({
      storeResult: async (journal, envelope, outcome, at) => {
        if (outcome.kind !== 'refused') await transaction.storeResult(journal, envelope, outcome, at)
      },
    })),
  }),
  plant('no seal is checked', 7, {
    commandStore: statementsWith((transaction) => ({
      sealingSession: async (sessionId) => {
        const session = await transaction.sealingSession(sessionId)
        return session && { ...session, fits: () => true }
      },
    })),
  }),
  plant('rows are read without a lock', 2, {
    commandStore: statementsWith((transaction) => ({
      row: (entity, id) => transaction.row(entity, id),
      rowsOfCustomer: (entity, customerId) => transaction.rowsOfCustomer(entity, customerId),
    })),
  }),

  // The feed.
  plant('changes are left for the feed a transaction later', 34, {
    commandStore: (store) => ({
      transaction: async (work) => {
        const left: Parameters<CommandTransaction['leavePending']>[0][number][] = []
        const result = await store.transaction((transaction) =>
          work({
            ...transaction,
            leavePending: async (changes) => {
              left.push(...changes)
            },
          }),
        )
        await store.transaction((transaction) => transaction.leavePending(left))
        return result
      },
    }),
  }),
  plant('changes are numbered as they were written and not as they were committed', 3, {
    feedStore: (store, database) => ({
      ...store,
      sequence: async () => {
        const state = database.committed()
        const taken = state.pending
        state.pending = []
        number(
          database,
          taken.map((row) => ({ row, seq: row.pendingId })),
        )
        return { mine: true, moved: taken.length }
      },
    }),
  }),
  plant('two nodes number at once', 2, {
    feedStore: (store, database, process) => ({
      ...store,
      sequence: async () => {
        const state = database.committed()
        const taken = [...state.pending]
        const head = Math.max(state.floor, state.log.at(-1)?.seq ?? 0)
        await process.step()
        state.pending = state.pending.filter((row) => !taken.includes(row))
        number(
          database,
          taken.map((row, index) => ({ row, seq: head + index + 1 })),
        )
        return { mine: true, moved: taken.length }
      },
    }),
  }),
  plant('only what is near the newest is ever numbered', 2, {
    feedStore: (store) => ({ ...store, sequence: () => store.sequence('hot') }),
  }),
  plant('a later change replaces an earlier one, whoever may have it', 47, {
    feedStore: (store, database) => ({
      ...store,
      page: async (...asked) => {
        const page = await store.page(...asked)
        return {
          ...page,
          changes: page.changes.filter(
            ({ entity, id, seq }) => (database.committed().heads.get(`${entity} ${id}`)?.seq ?? 0) <= seq,
          ),
        }
      },
    }),
  }),
  plant('who may no longer have a row is not told', 3, {
    feedStore: (store, database) => ({
      ...store,
      log: async (...asked) => (await store.log(...asked)).map((line) => ({ ...line, leftScope: null })),
      page: async (...asked) => {
        const page = await store.page(...asked)
        return {
          ...page,
          changes: page.changes.filter(
            ({ entity, id, row }) => row !== null || !database.committed().rows.has(`${entity} ${id}`),
          ),
        }
      },
    }),
  }),
  plant('everybody gets everything', 1, {
    feedStore: (store) => ({
      ...store,
      log: async (...asked) => (await store.log(...asked)).map((line) => ({ ...line, scope: 'org' })),
      page: (_scopes, ...asked) => store.page(['org', 'finance'], ...asked),
    }),
  }),
  plant('who stands before the beginning of the log is not told', 42, {
    feedStore: (store) => ({
      ...store,
      page: async (scopes, cursor, limit) => ({ ...(await store.page(scopes, cursor, limit)), after: cursor }),
    }),
  }),

  plant('a restored database goes on under its old epoch', 19, {
    database: (made) => ({
      ...made,
      restore: (backup) => {
        made.restore(backup, backup.epoch)
      },
    }),
  }),

  // Erasure.
  { name: 'a snapshot from before an erasure is given out', seed: 21, joints: snapshotsFromBefore() },
  plant('a late command brings an erased customer back', 24, {
    commandStore: statementsWith(() => ({ erasedAmong: async () => false })),
  }),
  plant('what was typed about an erased customer stays at the desk', 15, {
    writer: writerWith((writer, files) => ({
      scrub: (epoch, erased) => {
        const commands = files.journal.all<{ seq: number; args: string }>('SELECT "seq", "args" FROM "command"')
        const touched = writer.scrub(epoch, erased)
        for (const { seq, args } of commands)
          files.journal.run('UPDATE "command" SET "args" = ? WHERE "seq" = ?', args, seq)
        return touched
      },
    })),
  }),
]

/** Writes pending rows into the feed under the numbers that the bug chooses. */
function number(
  database: ModelDatabase,
  numbered: readonly { row: Committed['pending'][number]; seq: number }[],
): void {
  const { log, heads } = database.committed()
  for (const {
    row: { pendingId, entity, id, version, scope, leftScope, row },
    seq,
  } of numbered) {
    log.push({ seq, pendingId, endsTransaction: true, entity, id, version, scope, leftScope, row })
    heads.set(`${entity} ${id}`, { seq, scope })
  }
  log.sort((a, b) => a.seq - b.seq)
}

/**
 * Keeps the first state from which a snapshot was built, and builds later snapshots from it too, as long as the epoch
 * stays the same.
 */
function snapshotsFromBefore(): Joints {
  let first: Committed | null = null
  return {
    ...soundJoints,
    database: (made) => {
      first = null
      return made
    },
    snapshotOf: (committed) => {
      if (first?.epoch !== committed.epoch || first.floor < committed.floor) first = structuredClone(committed)
      return first
    },
  }
}

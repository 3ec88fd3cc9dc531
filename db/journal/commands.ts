import type { CommandName } from '../../protocol/commands.ts'
import type { Role } from '../../protocol/entities/user.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { CommandEnvelope, CommandOutcome, CommandSeal } from '../../protocol/wire.ts'
import type { PendingCommand } from '../apply/optimistic.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'
import { readMeta, writeMeta } from '../schema/meta.ts'
import { commandHash } from './command-hash.ts'
import { sealOf, type SealingKey } from './command-seal.ts'

/** A command as it is entered, before it has its place in the journal. */
export interface NewCommand {
  readonly commandId: string
  readonly name: CommandName
  readonly version: number
  readonly args: unknown
  readonly userId: UserId
  readonly userName: string
  readonly role: Role
  /**
   * The site's time zone and currency, with which the server will run the command too, so that the result shown here
   * until then is the same as there.
   */
  readonly timeZone: string
  readonly currency: string
  readonly at: number
  /** The key of the sign-in in which the command is entered. */
  readonly sealing: SealingKey
}

/**
 * `waiting`: to be sent; `sent`: not answered yet; `applied`: the server applied it, but the cache does not hold all
 * its rows yet; `settled`: done; `refused` and `parked`: wait for a person; `dropped`: a person gave it up.
 */
export type CommandState = 'waiting' | 'sent' | 'applied' | 'settled' | 'refused' | 'parked' | 'dropped'

export interface JournalledCommand extends Omit<NewCommand, 'sealing'> {
  readonly seq: number
  readonly hash: string
  /** Null: the command was entered before commands were sealed. */
  readonly seal: CommandSeal | null
  readonly state: CommandState
  readonly outcome: CommandOutcome | null
  readonly outcomeAt: number | null
}

/**
 * Gives a command the next number, without gaps, and writes it. It is on disk when the surrounding transaction has
 * committed.
 */
export function enterCommand(db: WritableDb, command: NewCommand): number {
  const seq = Number(readMeta(db, 'lastSeq') ?? 0) + 1
  const envelope = {
    seq,
    commandId: command.commandId,
    name: command.name,
    version: command.version,
    args: command.args,
    userId: command.userId,
    at: command.at,
  }
  db.run(
    `INSERT INTO "command" ("seq", "commandId", "name", "version", "args", "userId", "userName", "role", "timeZone", "currency", "at", "hash", "seal", "state")
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
    seq,
    command.commandId,
    command.name,
    command.version,
    JSON.stringify(command.args),
    command.userId,
    command.userName,
    command.role,
    command.timeZone,
    command.currency,
    command.at,
    commandHash(envelope),
    JSON.stringify(sealOf(command.sealing, envelope)),
  )
  // The count is kept apart from the rows, because rows are pruned and no number is ever given twice.
  writeMeta(db, 'lastSeq', String(seq))
  return seq
}

/**
 * After commands were taken over from another file: numbering continues above the highest of them, even if the count
 * itself was lost.
 */
export function countOn(db: WritableDb): void {
  const { highest } = db.get<{ highest: number }>('SELECT coalesce(max("seq"), 0) AS "highest" FROM "command"')!
  if (highest > Number(readMeta(db, 'lastSeq') ?? 0)) writeMeta(db, 'lastSeq', String(highest))
}

type Stored = Omit<JournalledCommand, 'args' | 'outcome' | 'seal'> & {
  args: string
  outcome: string | null
  seal: string | null
}

const read = (row: Stored): JournalledCommand => ({
  ...row,
  args: JSON.parse(row.args) as unknown,
  outcome: row.outcome === null ? null : (JSON.parse(row.outcome) as CommandOutcome),
  seal: row.seal === null ? null : (JSON.parse(row.seal) as CommandSeal),
})

/** Every command that is not settled or dropped, oldest first. */
export const unsettledCommands = (db: ReadableDb): JournalledCommand[] =>
  db
    .all<Stored>(
      `SELECT * FROM "command" WHERE "state" IN ('waiting', 'sent', 'applied', 'refused', 'parked') ORDER BY "seq"`,
    )
    .map(read)

export function commandById(db: ReadableDb, commandId: string): JournalledCommand | null {
  const row = db.get<Stored>('SELECT * FROM "command" WHERE "commandId" = ?', commandId)
  return row ? read(row) : null
}

/** Whether a command's text was erased with its customer. Then only its number still has to reach the server. */
export const isScrubbed = ({ args }: Pick<JournalledCommand, 'args'>): boolean => args === null

/**
 * The commands whose effects show over the server's rows in the cache: sent or not, until they are settled. Commands
 * that were refused, parked or scrubbed no longer show.
 */
export const pendingOf = (commands: readonly JournalledCommand[]): PendingCommand[] =>
  commands.filter(
    (command) =>
      !isScrubbed(command) && (command.state === 'waiting' || command.state === 'sent' || command.state === 'applied'),
  )

/** Commands for the server that have no outcome yet, oldest first. */
export const commandsToSend = (db: ReadableDb, limit: number): CommandEnvelope[] =>
  db
    .all<Stored>(`SELECT * FROM "command" WHERE "state" IN ('waiting', 'sent') ORDER BY "seq" LIMIT ?`, limit)
    .map((row) => {
      const { seq, commandId, name, version, args, userId, at, hash, seal } = read(row)
      return { seq, commandId, name, version, args, userId, at, hash, seal }
    })

export function markSent(db: WritableDb, seqs: readonly number[]): void {
  for (const seq of seqs) db.run(`UPDATE "command" SET "state" = 'sent' WHERE "seq" = ? AND "state" = 'waiting'`, seq)
}

/** Stores the server's outcome of a command. `retryLater` leaves the command waiting. */
export function recordOutcome(db: WritableDb, seq: number, outcome: CommandOutcome, at: number): void {
  const state: Record<CommandOutcome['kind'], CommandState> = {
    applied: 'applied',
    altered: 'applied',
    refused: 'refused',
    parked: 'parked',
    retryLater: 'waiting',
  }
  // A command whose text was erased leaves nothing for a person to decide.
  const whereErased: CommandState =
    outcome.kind === 'refused' || outcome.kind === 'parked' ? 'dropped' : state[outcome.kind]
  db.run(
    `UPDATE "command" SET "state" = CASE WHEN "args" = 'null' THEN ? ELSE ? END, "outcome" = ?, "outcomeAt" = ? WHERE "seq" = ? AND "state" IN ('waiting', 'sent')`,
    whereErased,
    state[outcome.kind],
    JSON.stringify(outcome),
    at,
    seq,
  )
}

export function markSettled(db: WritableDb, seqs: readonly number[]): void {
  for (const seq of seqs)
    db.run(`UPDATE "command" SET "state" = 'settled' WHERE "seq" = ? AND "state" = 'applied'`, seq)
}

/** Drops a refused or parked command. Only the user who entered it may do this. */
export const dropCommand = (db: WritableDb, userId: UserId, commandId: string): boolean =>
  db.run(
    `UPDATE "command" SET "state" = 'dropped' WHERE "commandId" = ? AND "userId" = ? AND "state" IN ('refused', 'parked')`,
    commandId,
    userId,
  ) > 0

/**
 * The server lost everything from `fromSeq` on (it was restored from a backup). All of it is sent again, settled or
 * not, and also what the server had parked. A refused command is not sent again: it waits for a person here, and only
 * that person may send it once more.
 */
export const replayFrom = (db: WritableDb, fromSeq: number): number =>
  db.run(
    `UPDATE "command" SET "state" = 'waiting', "outcome" = NULL, "outcomeAt" = NULL WHERE "seq" >= ? AND "state" IN ('sent', 'applied', 'settled', 'parked')`,
    fromSeq,
  )

/**
 * Renumbers from 1 the commands that are to be sent, for a journal under a new name: those that are `unsent`, or
 * `everything` that the server may have lost. The other commands keep their text under negative numbers, the oldest
 * nearest to 0; only a later `everything` sends them.
 */
export function renumberCommands(db: WritableDb, send: 'unsent' | 'everything'): void {
  const lowest =
    db.get<{ seq: number }>('SELECT min("seq", 0) AS "seq" FROM "command" ORDER BY "seq" LIMIT 1')?.seq ?? 0
  db.run(`UPDATE "command" SET "seq" = ? - "seq" WHERE "seq" > 0`, lowest)
  const states = send === 'unsent' ? `('waiting', 'sent')` : `('waiting', 'sent', 'applied', 'settled', 'parked')`
  const commands = db.all<Stored>(`SELECT * FROM "command" WHERE "state" IN ${states} ORDER BY "seq" DESC`).map(read)
  for (const [index, command] of commands.entries()) {
    const { commandId, name, version, args, userId, at } = command
    const seq = index + 1
    const hash = commandHash({ seq, commandId, name, version, args, userId, at })
    db.run(
      `UPDATE "command" SET "seq" = ?, "hash" = ?, "state" = 'waiting', "outcome" = NULL, "outcomeAt" = NULL WHERE "commandId" = ?`,
      seq,
      hash,
      commandId,
    )
  }
  writeMeta(db, 'lastSeq', String(commands.length))
}

/** Whether the server answered any command under an earlier name of this journal. */
export const hasEarlierNames = (db: ReadableDb): boolean =>
  db.get(`SELECT 1 FROM "command" WHERE "seq" < 0 AND "state" IN ('applied', 'settled', 'parked') LIMIT 1`) !==
  undefined

/**
 * Seals again a user's commands whose sign-in the server does not know (it was restored from an older backup), with the
 * key of the user's present sign-in. The commands keep their ids, so that nothing is done twice, and get new numbers at
 * the end.
 */
export function sealAnew(db: WritableDb, userId: UserId, sealing: SealingKey): number {
  const unknown = db
    .all<Stored>(`SELECT * FROM "command" WHERE "state" = 'parked' AND "userId" = ? ORDER BY "seq"`, userId)
    .map(read)
    .filter(
      ({ outcome, seal }) =>
        outcome?.kind === 'parked' && outcome.error.code === 'SEAL_UNKNOWN' && seal?.sessionId !== sealing.sessionId,
    )
  for (const { commandId, name, version, args, at } of unknown) {
    const seq = Number(readMeta(db, 'lastSeq') ?? 0) + 1
    const said = { commandId, name, version, args, userId, at }
    db.run(
      `UPDATE "command" SET "seq" = ?, "hash" = ?, "seal" = ?, "state" = 'waiting', "outcome" = NULL, "outcomeAt" = NULL WHERE "commandId" = ?`,
      seq,
      commandHash({ seq, ...said }),
      JSON.stringify(sealOf(sealing, said)),
      commandId,
    )
    writeMeta(db, 'lastSeq', String(seq))
  }
  return unknown.length
}

/** A user's changes of customers for which the server kept a colleague's value, until `dismissRemark`. */
export const changesMetMeanwhile = (db: ReadableDb, userId: UserId): JournalledCommand[] =>
  db
    .all<Stored>(
      `SELECT * FROM "command" WHERE "userId" = ? AND "name" = 'customer.change' AND "state" IN ('applied', 'settled') AND "args" <> 'null' AND json_extract("outcome", '$.remark.code') = 'CHANGED_MEANWHILE' ORDER BY "at"`,
      userId,
    )
    .map(read)

/** The user has seen how the server altered their command. From now on it counts as applied. */
export const dismissRemark = (db: WritableDb, userId: UserId, commandId: string): boolean =>
  db.run(
    `UPDATE "command" SET "outcome" = json_set(json_remove("outcome", '$.remark'), '$.kind', 'applied') WHERE "commandId" = ? AND "userId" = ? AND json_extract("outcome", '$.kind') = 'altered'`,
    commandId,
    userId,
  ) > 0

const KEPT_MS = 14 * 86_400_000

/**
 * Deletes commands that were settled or dropped more than 14 days ago. Until then they can be sent again to a server
 * that was restored.
 */
export const pruneCommands = (db: WritableDb, now: number): number =>
  db.run(`DELETE FROM "command" WHERE "state" IN ('settled', 'dropped') AND "outcomeAt" < ?`, now - KEPT_MS)

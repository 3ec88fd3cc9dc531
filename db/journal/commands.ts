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
  /** The site's, as the center will take it: what is shown here until then is what comes of it there. */
  readonly timeZone: string
  readonly currency: string
  readonly at: number
  /** Of the sign-in in which it is entered. */
  readonly sealing: SealingKey
}

/**
 * `waiting` to be sent, `sent` and unanswered, `applied` at the server but not yet all in the cache, `settled`;
 * `refused` and `parked` wait for a person; `dropped` by one.
 */
export type CommandState = 'waiting' | 'sent' | 'applied' | 'settled' | 'refused' | 'parked' | 'dropped'

export interface JournalledCommand extends Omit<NewCommand, 'sealing'> {
  readonly seq: number
  readonly hash: string
  /** Null: it was entered before commands were sealed. */
  readonly seal: CommandSeal | null
  readonly state: CommandState
  readonly outcome: CommandOutcome | null
  readonly outcomeAt: number | null
}

/** Gives a command its gapless number and writes it. On disk when the surrounding transaction has committed. */
export function enterCommand(db: WritableDb, command: NewCommand): number {
  const seq = Number(readMeta(db, 'lastSeq') ?? 0) + 1
  const envelope = { seq, commandId: command.commandId, name: command.name, version: command.version, args: command.args, userId: command.userId, at: command.at }
  db.run(
    `INSERT INTO "command" ("seq", "commandId", "name", "version", "args", "userId", "userName", "role", "timeZone", "currency", "at", "hash", "seal", "state")
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
    seq, command.commandId, command.name, command.version, JSON.stringify(command.args), command.userId, command.userName,
    command.role, command.timeZone, command.currency, command.at, commandHash(envelope), JSON.stringify(sealOf(command.sealing, envelope)),
  )
  // Apart from the rows, because those are pruned and a number is never given twice.
  writeMeta(db, 'lastSeq', String(seq))
  return seq
}

/** After commands came from another file: numbers go on above the highest of them, also where the count itself was lost. */
export function countOn(db: WritableDb): void {
  const { highest } = db.get<{ highest: number }>('SELECT coalesce(max("seq"), 0) AS "highest" FROM "command"')!
  if (highest > Number(readMeta(db, 'lastSeq') ?? 0)) writeMeta(db, 'lastSeq', String(highest))
}

type Stored = Omit<JournalledCommand, 'args' | 'outcome' | 'seal'> & { args: string; outcome: string | null; seal: string | null }

const read = (row: Stored): JournalledCommand => ({
  ...row, args: JSON.parse(row.args) as unknown, outcome: row.outcome === null ? null : (JSON.parse(row.outcome) as CommandOutcome),
  seal: row.seal === null ? null : (JSON.parse(row.seal) as CommandSeal),
})

/** Everything that is not settled or dropped, oldest first. */
export const unsettledCommands = (db: ReadableDb): JournalledCommand[] =>
  db.all<Stored>(`SELECT * FROM "command" WHERE "state" IN ('waiting', 'sent', 'applied', 'refused', 'parked') ORDER BY "seq"`).map(read)

export function commandById(db: ReadableDb, commandId: string): JournalledCommand | null {
  const row = db.get<Stored>('SELECT * FROM "command" WHERE "commandId" = ?', commandId)
  return row ? read(row) : null
}

/** Whether a command's text was erased with its customer: only its number still has to reach the server. */
export const isScrubbed = ({ args }: Pick<JournalledCommand, 'args'>): boolean => args === null

/** What stands over the server's rows in the cache: sent or not, until settled; what was refused, parked or scrubbed no longer shows. */
export const pendingOf = (commands: readonly JournalledCommand[]): PendingCommand[] =>
  commands.filter((command) => !isScrubbed(command) && (command.state === 'waiting' || command.state === 'sent' || command.state === 'applied'))

/** Commands for the server that have no outcome yet, oldest first. */
export const commandsToSend = (db: ReadableDb, limit: number): CommandEnvelope[] =>
  db.all<Stored>(`SELECT * FROM "command" WHERE "state" IN ('waiting', 'sent') ORDER BY "seq" LIMIT ?`, limit).map((row) => {
    const { seq, commandId, name, version, args, userId, at, hash, seal } = read(row)
    return { seq, commandId, name, version, args, userId, at, hash, seal }
  })

export function markSent(db: WritableDb, seqs: readonly number[]): void {
  for (const seq of seqs) db.run(`UPDATE "command" SET "state" = 'sent' WHERE "seq" = ? AND "state" = 'waiting'`, seq)
}

/** What the server said of a command. `retryLater` leaves it waiting. */
export function recordOutcome(db: WritableDb, seq: number, outcome: CommandOutcome, at: number): void {
  const state: Record<CommandOutcome['kind'], CommandState> = {
    applied: 'applied', altered: 'applied', refused: 'refused', parked: 'parked', retryLater: 'waiting',
  }
  // Of one whose text was erased there is nothing left for a person to decide.
  const whereErased: CommandState = outcome.kind === 'refused' || outcome.kind === 'parked' ? 'dropped' : state[outcome.kind]
  db.run(
    `UPDATE "command" SET "state" = CASE WHEN "args" = 'null' THEN ? ELSE ? END, "outcome" = ?, "outcomeAt" = ? WHERE "seq" = ? AND "state" IN ('waiting', 'sent')`,
    whereErased, state[outcome.kind], JSON.stringify(outcome), at, seq,
  )
}

export function markSettled(db: WritableDb, seqs: readonly number[]): void {
  for (const seq of seqs) db.run(`UPDATE "command" SET "state" = 'settled' WHERE "seq" = ? AND "state" = 'applied'`, seq)
}

/** Only who entered it drops what was refused or parked. */
export const dropCommand = (db: WritableDb, userId: UserId, commandId: string): boolean =>
  db.run(`UPDATE "command" SET "state" = 'dropped' WHERE "commandId" = ? AND "userId" = ? AND "state" IN ('refused', 'parked')`, commandId, userId) > 0

/**
 * The server lost what it had from `fromSeq` on (restored from a backup): all of it goes out again, settled or not, and what
 * it had parked too. What was refused waits for a person here and nowhere else: nobody but them sends it once more.
 */
export const replayFrom = (db: WritableDb, fromSeq: number): number =>
  db.run(`UPDATE "command" SET "state" = 'waiting', "outcome" = NULL, "outcomeAt" = NULL WHERE "seq" >= ? AND "state" IN ('sent', 'applied', 'settled', 'parked')`, fromSeq)

/**
 * Numbers what is to be sent from 1 again, for a journal under a new name: what is unsent, or `everything` that the server
 * may have lost. The rest keeps its text under a negative number, the oldest nearest to 0: only a later `everything` sends it.
 */
export function renumberCommands(db: WritableDb, send: 'unsent' | 'everything'): void {
  const lowest = db.get<{ seq: number }>('SELECT min("seq", 0) AS "seq" FROM "command" ORDER BY "seq" LIMIT 1')?.seq ?? 0
  db.run(`UPDATE "command" SET "seq" = ? - "seq" WHERE "seq" > 0`, lowest)
  const states = send === 'unsent' ? `('waiting', 'sent')` : `('waiting', 'sent', 'applied', 'settled', 'parked')`
  const commands = db.all<Stored>(`SELECT * FROM "command" WHERE "state" IN ${states} ORDER BY "seq" DESC`).map(read)
  for (const [index, command] of commands.entries()) {
    const { commandId, name, version, args, userId, at } = command
    const seq = index + 1
    const hash = commandHash({ seq, commandId, name, version, args, userId, at })
    db.run(`UPDATE "command" SET "seq" = ?, "hash" = ?, "state" = 'waiting', "outcome" = NULL, "outcomeAt" = NULL WHERE "commandId" = ?`, seq, hash, commandId)
  }
  writeMeta(db, 'lastSeq', String(commands.length))
}

/** Whether anything was answered under an earlier name of this journal. */
export const hasEarlierNames = (db: ReadableDb): boolean => db.get(`SELECT 1 FROM "command" WHERE "seq" < 0 AND "state" IN ('applied', 'settled', 'parked') LIMIT 1`) !== undefined

/**
 * Seals a user's commands anew whose sign-in the server does not know (it was restored from before), with the key of the one
 * in which they are signed in now. They keep their ids, so that nothing is done twice, and get numbers at the end.
 */
export function sealAnew(db: WritableDb, userId: UserId, sealing: SealingKey): number {
  const unknown = db.all<Stored>(`SELECT * FROM "command" WHERE "state" = 'parked' AND "userId" = ? ORDER BY "seq"`, userId).map(read)
    .filter(({ outcome, seal }) => outcome?.kind === 'parked' && outcome.error.code === 'SEAL_UNKNOWN' && seal?.sessionId !== sealing.sessionId)
  for (const { commandId, name, version, args, at } of unknown) {
    const seq = Number(readMeta(db, 'lastSeq') ?? 0) + 1
    const said = { commandId, name, version, args, userId, at }
    db.run(
      `UPDATE "command" SET "seq" = ?, "hash" = ?, "seal" = ?, "state" = 'waiting', "outcome" = NULL, "outcomeAt" = NULL WHERE "commandId" = ?`,
      seq, commandHash({ seq, ...said }), JSON.stringify(sealOf(sealing, said)), commandId,
    )
    writeMeta(db, 'lastSeq', String(seq))
  }
  return unknown.length
}

/** Changes of customers of which the server kept a colleague's value, until `dismissRemark`. */
export const changesMetMeanwhile = (db: ReadableDb, userId: UserId): JournalledCommand[] =>
  db.all<Stored>(
    `SELECT * FROM "command" WHERE "userId" = ? AND "name" = 'customer.change' AND "state" IN ('applied', 'settled') AND "args" <> 'null' AND json_extract("outcome", '$.remark.code') = 'CHANGED_MEANWHILE' ORDER BY "at"`,
    userId,
  ).map(read)

/** The user has seen what was altered of their command: it counts as applied from now on. */
export const dismissRemark = (db: WritableDb, userId: UserId, commandId: string): boolean =>
  db.run(
    `UPDATE "command" SET "outcome" = json_set(json_remove("outcome", '$.remark'), '$.kind', 'applied') WHERE "commandId" = ? AND "userId" = ? AND json_extract("outcome", '$.kind') = 'altered'`,
    commandId, userId,
  ) > 0

const KEPT_MS = 14 * 86_400_000

/** Forgets what was settled or dropped more than 14 days ago: until then a restored server can be told again. */
export const pruneCommands = (db: WritableDb, now: number): number =>
  db.run(`DELETE FROM "command" WHERE "state" IN ('settled', 'dropped') AND "outcomeAt" < ?`, now - KEPT_MS)

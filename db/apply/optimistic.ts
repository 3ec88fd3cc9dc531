import { rowsAlsoReadBy, rowsReadBy, runCommand } from '../../domain/commands/run.ts'
import { refused, type CustomerEntity, type Effect, type RowRef, type Rows } from '../../domain/commands/define.ts'
import { upgradedArgs } from '../../domain/commands/upgraded-args.ts'
import { commands, type CommandArgs, type CommandName } from '../../protocol/commands.ts'
import { reasonOf } from '../../protocol/reasons.ts'
import type { EntityName, Quote, Row } from '../../protocol/entities.ts'
import type { Role } from '../../protocol/entities/user.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { ReadableDb, WritableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { putRow, readOfCustomer, readRow } from '../rows/store.ts'
import { lastTold } from '../queries/told-prices.ts'
import { keepConfirmed, restoreConfirmed, serverVersion } from './server-rows.ts'
import type { TouchLog } from './touched.ts'

/** A command of the journal whose final result the cache does not hold yet. */
export interface PendingCommand {
  readonly seq: number
  readonly name: CommandName
  /** The version of its arguments, because a journal outlives upgrades of the program. */
  readonly version: number
  readonly args: unknown
  readonly userId: UserId
  readonly role: Role
  readonly at: number
  readonly timeZone: string
  readonly currency: string
}

/** The rows that a command names. They are read once, so that the command's rule sees one state of the database. */
function readRows(db: ReadableDb, refs: readonly RowRef[]): Rows {
  const single = new Map<string, unknown>()
  const lists = new Map<string, unknown>()
  for (const ref of refs) {
    if ('toldTo' in ref) single.set(`told/${ref.toldTo}/${ref.productId}`, lastTold(db, ref.toldTo, ref.productId))
    else if ('customerId' in ref)
      lists.set(`${ref.entity}/${ref.customerId}`, readOfCustomer(db, ref.entity, ref.customerId))
    else single.set(`${ref.entity}/${ref.id}`, readRow(db, ref.entity, ref.id))
  }
  const asked = <T>(from: Map<string, unknown>, key: string): T => {
    if (!from.has(key)) throw new Error(`A command asked for ${key.split('/')[0]} rows that its "reads" does not name.`)
    return from.get(key) as T
  }
  return {
    get: <E extends EntityName>(entity: E, id: string) => asked<Row<E> | null>(single, `${entity}/${id}`),
    ofCustomer: <E extends CustomerEntity>(entity: E, customerId: string) =>
      asked<Row<E>[]>(lists, `${entity}/${customerId}`),
    lastTold: (customerId, productId) => asked<Quote | null>(single, `told/${customerId}/${productId}`),
  }
}

/** What a command would change in this cache, without changing it. */
export function effectOf(db: ReadableDb, command: PendingCommand): Effect {
  const upgraded = upgradedArgs(command.name, command.version, command.args)
  if (upgraded === undefined) return refused('UNKNOWN_NAME', { name: `${command.name} ${command.version}` })
  const parsed = commands[command.name].args.safeParse(upgraded)
  if (!parsed.success)
    return refused('BAD_ARGUMENT', {
      field: parsed.error.issues[0]?.path.join('.') || command.name,
      problem: reasonOf(parsed.error.issues[0]),
    })
  const args = parsed.data as CommandArgs<CommandName>
  const named = rowsReadBy(command.name, args)
  const first = readRows(db, named)
  const more = rowsAlsoReadBy(command.name, args, first)
  return runCommand(command.name, args, more.length === 0 ? first : readRows(db, [...named, ...more]), {
    // The role is that of the sign-in in which the command was entered; the team comes from the user's row.
    actor: { userId: command.userId, role: command.role, team: readRow(db, 'user', command.userId)?.team ?? null },
    at: command.at,
    timeZone: command.timeZone,
    currency: command.currency,
    issueNumber: () => null,
  })
}

/**
 * Shows a command's effect in the cache and keeps the confirmed state of each changed row. A refused command changes
 * nothing: the server decides.
 */
export function showCommand(db: WritableDb, command: PendingCommand, touched: TouchLog): Effect {
  const effect = effectOf(db, command)
  if (effect.kind !== 'changes') return effect
  for (const { entity, row } of effect.changes) {
    const changed = row as AnyRow
    const id = changed['id'] as string
    const before = readRow(db, entity, id)
    keepConfirmed(db, entity, id)
    if (before) touched.row(entity, before)
    putRow(db, entity, { ...changed, version: before?.version ?? serverVersion(db, entity, id) })
    touched.row(entity, changed)
  }
  return effect
}

/**
 * Runs the pending commands again, in order, over the server's rows. This also repairs the cache after a crash at any
 * moment.
 */
export function rebase(db: WritableDb, pending: readonly PendingCommand[], touched: TouchLog): void {
  restoreConfirmed(db, touched)
  for (const command of pending) showCommand(db, command, touched)
}

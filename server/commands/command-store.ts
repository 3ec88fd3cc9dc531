import type { CommandName } from '../../protocol/commands.ts'
import type { CustomerEntity, NumberSeries } from '../../domain/commands/define.ts'
import type { EntityName, Quote, Row } from '../../protocol/entities.ts'
import type { CommandEnvelope, CommandOutcome } from '../../protocol/wire.ts'
import type { KnownCall } from '../calls/agents-of-call.ts'
import type { PendingChange } from '../feed/pending.ts'

/** The journal that a command came from: commands are numbered for each device and incarnation. */
export interface Journal {
  readonly deviceId: string
  readonly incarnation: string
}

/** A command that was taken before, with its outcome. */
export interface StoredResult {
  readonly hash: string
  readonly name: string
  readonly args: unknown
  readonly outcome: CommandOutcome
}

/** The part of a sign-in that checking a seal needs. */
export interface SealingSession {
  readonly userId: string
  readonly deviceId: string
  readonly createdAt: number
  readonly expiresAt: number
  /** When it was ended; null where nobody ended it, though it may have expired. */
  readonly endedAt: number | null
  /** Whether a command's seal was made with this session's key. The key itself is not passed on. */
  fits(envelope: CommandEnvelope): boolean
}

/**
 * What a command needs from the store of record, within one transaction. Nobody else can change rows that are read with
 * `lock` until it ends; a row that was read without it may be different at the next statement (read committed).
 */
export interface CommandTransaction {
  /**
   * The number that the journal's next command must have. Locks the journal until the transaction ends. A new journal
   * starts at 1.
   */
  lockNextSeq(journal: Journal, now: number): Promise<number>
  setNextSeq(journal: Journal, next: number, now: number): Promise<void>
  /** null where no command with this id was taken. */
  storedResult(commandId: string): Promise<StoredResult | null>
  /** Stores a command with its arguments and its outcome, also a refused or parked one. Fails where the id exists. */
  storeResult(journal: Journal, envelope: CommandEnvelope, outcome: CommandOutcome, receivedAt: number): Promise<void>
  /**
   * The same for a command that was parked for its seal and came again under its id: the new outcome replaces the old
   * one.
   */
  replaceResult(journal: Journal, envelope: CommandEnvelope, outcome: CommandOutcome, receivedAt: number): Promise<void>
  /** Whether one of these ids is of an erased customer or of a row that was erased with one, as of this statement. */
  erasedAmong(ids: readonly string[]): Promise<boolean>
  /** Keeps customers from being erased until the transaction ends. Waits for an erasure that is under way. */
  holdCustomers(ids: readonly string[]): Promise<void>
  /** A sign-in, open or not; null where no sign-in has this id. */
  sealingSession(sessionId: string): Promise<SealingSession | null>
  /** What the telephone system reported about a call; null: nothing. */
  agentsOfCall(callId: string): Promise<KnownCall | null>
  row<E extends EntityName>(entity: E, id: string, lock?: boolean): Promise<Row<E> | null>
  /** All rows of an entity that belong to a customer, in the order of their ids. */
  rowsOfCustomer<E extends CustomerEntity>(entity: E, customerId: string, lock?: boolean): Promise<Row<E>[]>
  /** The same as `Rows.lastTold`, among quotes in these scopes. Nothing is locked. */
  lastTold(customerId: string, productId: string, scopes: readonly string[]): Promise<Quote | null>
  /** Fails where a row with this id exists. */
  insert<E extends EntityName>(entity: E, row: Row<E>): Promise<void>
  update<E extends EntityName>(entity: E, row: Row<E>): Promise<void>
  /** Takes at most `count` numbers that this command may use. A rule that asks for more has an error. */
  reserveNumbers(name: CommandName, count: number): Promise<(asked: NumberSeries) => string>
  /** Leaves changes for the sequencer. Must be the last write before the commit (`feed/pending.ts` says why). */
  leavePending(changes: readonly PendingChange[]): Promise<void>
  /** Undoes what `work` wrote if it throws, and passes the error on. */
  undoneIfThrown<T>(work: () => Promise<T>): Promise<T>
}

/** The store of record as commands see it. */
export interface CommandStore {
  /** Commits when `work` returns, rolls back when it throws. */
  transaction<T>(work: (transaction: CommandTransaction) => Promise<T>): Promise<T>
}

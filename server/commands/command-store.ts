import type { CommandName } from '../../protocol/commands.ts'
import type { CustomerEntity, NumberSeries } from '../../domain/commands/define.ts'
import type { EntityName, Quote, Row } from '../../protocol/entities.ts'
import type { CommandEnvelope, CommandOutcome } from '../../protocol/wire.ts'
import type { KnownCall } from '../calls/agents-of-call.ts'
import type { PendingChange } from '../feed/pending.ts'

/** Whose journal a command came from: numbers are counted for each device and incarnation. */
export interface Journal {
  readonly deviceId: string
  readonly incarnation: string
}

/** What became of a command that was taken before. */
export interface StoredResult {
  readonly hash: string
  readonly name: string
  readonly args: unknown
  readonly outcome: CommandOutcome
}

/** A sign-in as far as the commands that were sealed in it need it. */
export interface SealingSession {
  readonly userId: string
  readonly deviceId: string
  readonly createdAt: number
  readonly expiresAt: number
  /** When it was ended; null: it was not, and may have run out. */
  readonly endedAt: number | null
  /** Whether a command's seal was made with this session's key; nobody else gets to see the key. */
  fits(envelope: CommandEnvelope): boolean
}

/**
 * What a command asks of the store of record, within one transaction. Rows that are read with `lock` stay as they are
 * for everybody else until it ends; what was read without may have changed a statement later (read committed).
 */
export interface CommandTransaction {
  /** The number that the journal's next command must have; locks the journal until the transaction ends. A new journal starts at 1. */
  lockNextSeq(journal: Journal, now: number): Promise<number>
  setNextSeq(journal: Journal, next: number, now: number): Promise<void>
  /** null where no command of that id was taken. */
  storedResult(commandId: string): Promise<StoredResult | null>
  /** Keeps a command with its text and what became of it, refused and parked ones too. An id that is there already fails. */
  storeResult(journal: Journal, envelope: CommandEnvelope, outcome: CommandOutcome, receivedAt: number): Promise<void>
  /** The same for a command that was parked for its seal and came again under its id: what became of it now takes the place of that. */
  replaceResult(journal: Journal, envelope: CommandEnvelope, outcome: CommandOutcome, receivedAt: number): Promise<void>
  /** Whether one of these ids is of an erased customer or of a row that went with one; as it is at this statement. */
  erasedAmong(ids: readonly string[]): Promise<boolean>
  /** Keeps customers from being erased until the transaction ends; waits for an erasure that runs. */
  holdCustomers(ids: readonly string[]): Promise<void>
  /** A sign-in, whether it still stands or not; null where none of this id is known. */
  sealingSession(sessionId: string): Promise<SealingSession | null>
  /** What the telephone system said of a call; null: nothing. */
  agentsOfCall(callId: string): Promise<KnownCall | null>
  row<E extends EntityName>(entity: E, id: string, lock?: boolean): Promise<Row<E> | null>
  /** All rows of an entity that belong to a customer, by id. */
  rowsOfCustomer<E extends CustomerEntity>(entity: E, customerId: string, lock?: boolean): Promise<Row<E>[]>
  /** What `Rows.lastTold` says, of quotes in these scopes; not locked. */
  lastTold(customerId: string, productId: string, scopes: readonly string[]): Promise<Quote | null>
  /** Fails where a row of that id is there already. */
  insert<E extends EntityName>(entity: E, row: Row<E>): Promise<void>
  update<E extends EntityName>(entity: E, row: Row<E>): Promise<void>
  /** The numbers that a run of this command may use, `count` at most. One more is an error of the rule. */
  reserveNumbers(name: CommandName, count: number): Promise<(asked: NumberSeries) => string>
  /** Leaves changes for the sequencer; the last write before the commit (`feed/pending.ts` says why). */
  leavePending(changes: readonly PendingChange[]): Promise<void>
  /** Takes back what `work` wrote where it throws; the error goes on. */
  undoneIfThrown<T>(work: () => Promise<T>): Promise<T>
}

/** The store of record as commands see it. */
export interface CommandStore {
  /** Committed when `work` returns, rolled back when it throws. */
  transaction<T>(work: (transaction: CommandTransaction) => Promise<T>): Promise<T>
}

import type { CommandEnvelope, CommandOutcome } from '../../protocol/wire.ts'
import type { Queryable } from '../db/connect.ts'
import { storable } from '../db/storable.ts'
import type { Journal, StoredResult } from './command-store.ts'

/** PostgreSQL's largest `integer`. A command version above it, which no release ever had, is stored as this number. */
const LARGEST_INTEGER = 2_147_483_647

/** The stored outcome of a command that was taken before; null where no command has this id. */
export async function storedResult(db: Queryable, commandId: string): Promise<StoredResult | null> {
  const { rows } = await db.query<StoredResult>({
    name: 'command.result',
    text: 'select hash, name, args, outcome from command_result where command_id = $1',
    values: [commandId],
  })
  return rows[0] ?? null
}

/** Stores a command with its arguments and its outcome, also a refused or parked one. */
export async function storeResult(
  db: Queryable,
  from: Journal,
  envelope: CommandEnvelope,
  outcome: CommandOutcome,
  receivedAt: number,
): Promise<void> {
  await db.query({
    name: 'command.store',
    text: `insert into command_result (command_id, device_id, incarnation, seq, name, command_version, args, hash, user_id, at, received_at, kind, outcome)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: storedValues(from, envelope, outcome, receivedAt),
  })
}

/**
 * Replaces the stored outcome of a command with its new one. A person may have dealt with the old one; they need not do
 * so again.
 */
export async function replaceResult(
  db: Queryable,
  from: Journal,
  envelope: CommandEnvelope,
  outcome: CommandOutcome,
  receivedAt: number,
): Promise<void> {
  await db.query({
    name: 'command.replace',
    text: `update command_result set device_id = $2, incarnation = $3, seq = $4, name = $5, command_version = $6, args = $7, hash = $8, user_id = $9,
             at = $10, received_at = $11, kind = $12, outcome = $13 where command_id = $1`,
    values: storedValues(from, envelope, outcome, receivedAt),
  })
}

const storedValues = (
  from: Journal,
  envelope: CommandEnvelope,
  outcome: CommandOutcome,
  receivedAt: number,
): unknown[] => [
  envelope.commandId,
  from.deviceId,
  from.incarnation,
  envelope.seq,
  storable(envelope.name),
  Math.min(envelope.version, LARGEST_INTEGER),
  JSON.stringify(envelope.args ?? null),
  envelope.hash,
  envelope.userId,
  envelope.at,
  receivedAt,
  outcome.kind,
  JSON.stringify(outcome),
]

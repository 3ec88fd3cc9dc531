import type { ErrorCode } from '../../protocol/errors.ts'
import { CustomerId } from '../../protocol/scalars.ts'
import type { Queryable } from '../db/connect.ts'
import { storable } from '../db/storable.ts'

/** A command that was refused or parked and that nobody has dealt with. */
export interface WaitingCommand {
  readonly commandId: string
  readonly kind: 'refused' | 'parked'
  readonly name: string
  readonly userName: string | null
  readonly deviceLabel: string | null
  readonly receivedAt: number
  readonly code: ErrorCode
  /** The texts in the command; null where the reader may not see them. */
  readonly text: string | null
}

export interface WaitingCommands {
  readonly refused: number
  readonly parked: number
  /**
   * The commands that have waited longest, in order of arrival, so that a new command does not move a line under the
   * reader's cursor.
   */
  readonly listed: readonly WaitingCommand[]
}

const LISTED = 50
const LONGEST_TEXT = 600

interface Stored extends Omit<WaitingCommand, 'text' | 'code'> {
  readonly args: unknown
  readonly outcome: { readonly error: { readonly code: ErrorCode } }
}

/** `scopes`: the scopes of the reader. Null: the reader is not a user (the command line) and sees no texts. */
export async function waitingCommands(db: Queryable, scopes: readonly string[] | null): Promise<WaitingCommands> {
  const {
    rows: [counts],
  } = await db.query<{ refused: number; parked: number }>(
    `select count(*) filter (where kind = 'refused')::int as refused, count(*) filter (where kind = 'parked')::int as parked
     from command_result where kind in ('refused', 'parked') and dealt_with_at is null`,
  )
  // The query does not look inside `args`: PostgreSQL fails on a text with a character that it cannot store.
  const { rows } = await db.query<Stored>(
    `select r.command_id as "commandId", r.kind, r.name, u.display_name as "userName", d.label as "deviceLabel", r.received_at as "receivedAt", r.args, r.outcome
     from command_result r left join app_user u on u.id = r.user_id left join device d on d.id = r.device_id
     where r.kind in ('refused', 'parked') and r.dealt_with_at is null order by r.received_at limit ${LISTED}`,
  )
  const { rows: customers } = await db.query<{ id: string; scope: string }>(
    'select id, scope from customer where id = any($1::uuid[])',
    [rows.flatMap(({ args }) => customerIn(args) ?? [])],
  )
  const scopeOf = new Map(customers.map(({ id, scope }) => [id, scope]))
  return {
    refused: counts?.refused ?? 0,
    parked: counts?.parked ?? 0,
    listed: rows.map(({ args, outcome, ...line }) => ({
      ...line,
      code: outcome.error.code,
      text: maySee(scopes, scopeOf.get(customerIn(args) ?? '') ?? null) ? typedText(args) : null,
    })),
  }
}

function customerIn(args: unknown): string | null {
  const id = CustomerId.safeParse((args as { customerId?: unknown } | null)?.customerId)
  return id.success ? id.data : null
}

/** Every signed-in reader of the operator's page may see the texts of a command that belongs to no known customer. */
const maySee = (scopes: readonly string[] | null, customerScope: string | null) =>
  scopes !== null && (customerScope === null || scopes.includes(customerScope))

const IS_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/i

/** Every text in a command's arguments that a person wrote or chose. */
function typedText(args: unknown): string {
  const found: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string' && value.trim() !== '' && !IS_ID.test(value)) found.push(value.trim())
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) walk(inner)
  }
  walk(storable(args))
  return found.join(' · ').slice(0, LONGEST_TEXT)
}

/**
 * Marks a command as dealt with by a person: it is no longer listed, and is deleted when it is old. False: no such
 * command waits.
 */
export async function dealWith(db: Queryable, commandId: string, userId: string, now: number): Promise<boolean> {
  const { rowCount } = await db.query(
    "update command_result set dealt_with_at = $2, dealt_with_by = $3 where command_id = $1 and kind in ('refused', 'parked') and dealt_with_at is null",
    [commandId, now, userId],
  )
  return rowCount === 1
}

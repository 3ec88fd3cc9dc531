import { canonicalJson } from '../../protocol/canonical-json.ts'
import type { CommandArgs, CommandName } from '../../protocol/commands.ts'
import { rowsAlsoReadBy, rowsReadBy, runCommand } from '../../domain/commands/run.ts'
import { ok, RefusalError, type Refusal, type Result } from '../../protocol/errors.ts'
import type { ReasonName } from '../../protocol/reasons.ts'
import type { CommandOutcome, CommandEnvelope } from '../../protocol/wire.ts'
import { withoutRights } from '../auth/without-rights.ts'
import { scopesOf } from '../auth/visible.ts'
import type { PendingChange } from '../feed/pending.ts'
import { applyEffect } from './apply-effect.ts'
import { readLocked, type LockedRows } from './command-rows.ts'
import { checkSeal, isParkedForSeal, parkedAsOver } from './command-seal.ts'
import type { CommandStore, CommandTransaction, Journal, StoredResult } from './command-store.ts'
import { customersOf, isScrubbed, namesErased, parkedAsErased } from './erased-work.ts'
import { checkEnvelope, commandTime, type CheckedCommand } from './envelope.ts'
import { withProvenCall } from './proven-call.ts'

/** `outcome` null: the command came ahead of its turn, and `expected` is the number that must come next. */
export interface Taken {
  readonly outcome: CommandOutcome | null
  readonly expected: number
  /** Whether it left changes for the feed. */
  readonly changed: boolean
  /** The error inside the rule, for the log. The command itself is stored as refused. */
  readonly failure: Error | null
}

export interface Circumstances {
  readonly now: number
  /** The site's settings. */
  readonly timeZone: string
  readonly currency: string
  /**
   * This is the last attempt. A row that still cannot be written after the retries never can be, and must not block the
   * commands after it.
   */
  readonly lastTry: boolean
}

/** Runs one command in one transaction: either its rows, its result and its changes are all stored, or none of them. */
export function takeCommand(
  store: CommandStore,
  journal: Journal,
  envelope: CommandEnvelope,
  circumstances: Circumstances,
): Promise<Taken> {
  const { now } = circumstances
  return store.transaction(async (transaction) => {
    const expected = await transaction.lockNextSeq(journal, now)
    if (envelope.seq > expected) return { outcome: null, expected, changed: false, failure: null }
    const known = await transaction.storedResult(envelope.commandId)
    if (envelope.seq < expected)
      return { outcome: earlierOutcome(known, envelope), expected, changed: false, failure: null }
    const next = expected + 1
    await transaction.setNextSeq(journal, next, now)
    const isSealedAnew = known !== null && isParkedForSeal(known) && isSame(known, envelope)
    if (known && !isSealedAnew)
      return { outcome: salvagedOutcome(known, envelope), expected: next, changed: false, failure: null }
    const { outcome, pending, failure } = await runUnlessErased(transaction, journal, envelope, {
      ...circumstances,
      isSealedAnew,
    })
    const kept = outcome === parkedAsErased ? { ...envelope, args: null } : envelope
    await (isSealedAnew
      ? transaction.replaceResult(journal, kept, outcome, now)
      : transaction.storeResult(journal, kept, outcome, now))
    await transaction.leavePending(pending)
    return { outcome, expected: next, changed: pending.length > 0, failure }
  })
}

/**
 * A number that was used before must carry the same command. Otherwise the journal was copied, and two workstations
 * write under its name.
 */
function earlierOutcome(known: StoredResult | null, envelope: CommandEnvelope): CommandOutcome {
  if (known?.hash === envelope.hash) return known.outcome
  return { kind: 'refused', error: { code: 'JOURNAL_COPIED', params: {} } }
}

/**
 * The command was sent before under another number, by a journal that was salvaged: it is done already, and only its
 * number is counted here. An id always means the same command. Where one of the two was scrubbed, here or at the
 * workstation, only the names can be compared.
 */
function salvagedOutcome(known: StoredResult, envelope: CommandEnvelope): CommandOutcome {
  if (known.name === envelope.name && (known.args === null || isScrubbed(envelope))) return known.outcome
  if (isSame(known, envelope)) return known.outcome
  return {
    kind: 'refused',
    error: { code: 'BAD_ARGUMENT', params: { field: 'commandId', problem: 'idTaken' satisfies ReasonName } },
  }
}

const isSame = (known: StoredResult, { name, args }: CommandEnvelope): boolean =>
  known.name === name && canonicalJson(known.args) === canonicalJson(args ?? null)

/** `isSealedAnew`: it was parked for its seal, and the workstation sealed it again without asking its user. */
type RunCircumstances = Circumstances & { readonly isSealedAnew: boolean }

interface Run {
  readonly outcome: CommandOutcome
  readonly pending: readonly PendingChange[]
  readonly failure: Error | null
}

const erased: Run = { outcome: parkedAsErased, pending: [], failure: null }

/**
 * A command about an erased customer is parked and its text is not stored, whatever its outcome would otherwise be. A
 * command that had no effect is checked again afterwards: the erasure may have been committed while the command waited
 * for one of the customer's rows.
 */
async function runUnlessErased(
  transaction: CommandTransaction,
  journal: Journal,
  envelope: CommandEnvelope,
  circumstances: RunCircumstances,
): Promise<Run> {
  if (isScrubbed(envelope) || (await namesErased(transaction, envelope))) return erased
  const done = await runGuarded(transaction, journal, envelope, circumstances)
  if (done.outcome.kind === 'applied' || done.outcome.kind === 'altered') return done
  return (await namesErased(transaction, envelope)) ? erased : done
}

/** If a rule or a row fails, only its own writes are undone, and the command is stored as refused. */
async function runGuarded(
  transaction: CommandTransaction,
  journal: Journal,
  envelope: CommandEnvelope,
  circumstances: RunCircumstances,
): Promise<Run> {
  try {
    return await transaction.undoneIfThrown(() => run(transaction, journal, envelope, circumstances))
  } catch (error) {
    if (isPassing(error) && !(circumstances.lastTry && isTaken(error))) throw error
    if (error instanceof RefusalError)
      return { outcome: { kind: 'refused', error: error.refusal }, pending: [], failure: null }
    return {
      outcome: { kind: 'refused', error: { code: 'INTERNAL', params: { reference: envelope.commandId } } },
      pending: [],
      failure: error as Error,
    }
  }
}

async function run(
  transaction: CommandTransaction,
  journal: Journal,
  envelope: CommandEnvelope,
  { now, timeZone, currency, isSealedAnew }: RunCircumstances,
): Promise<Run> {
  const checked = checkEnvelope(envelope)
  if (!checked.ok) return { outcome: { kind: 'refused', error: checked.error }, pending: [], failure: null }
  const sealed = checkSeal(
    envelope,
    journal,
    envelope.seal && (await transaction.sealingSession(envelope.seal.sessionId)),
    now,
  )
  if (sealed.by === 'nobody') return { outcome: sealed.outcome, pending: [], failure: null }
  const user = await transaction.row('user', envelope.userId)
  if (!user)
    return { outcome: { kind: 'refused', error: { code: 'NOT_ALLOWED', params: {} } }, pending: [], failure: null }
  // Commands that a user made before they left the company can arrive late, but so can forged ones in their name. A
  // person decides.
  if (!user.active)
    return { outcome: { kind: 'parked', error: { code: 'NOT_ALLOWED', params: {} } }, pending: [], failure: null }
  const { name } = checked.value
  const { at, remark: clockWasOff } = commandTime(envelope.at, now, sealed.signedInAt)
  const proven = await provenArgs(transaction, checked.value, user.id)
  if (!proven.ok) return { outcome: { kind: 'refused', error: proven.error }, pending: [], failure: null }
  const { args } = proven.value
  const rows = await readForRule(transaction, name, args, scopesOf(user))
  const issueNumber = await transaction.reserveNumbers(name, numbersOf(name, args))
  const context = { actor: { userId: user.id, role: user.role, team: user.team }, at, timeZone, currency, issueNumber }
  // Two cases do not get the user's role: a sign-in that is over, and a command that a workstation sealed again without
  // asking. Whatever only the role allows then waits for a person.
  const role = sealed.live && !isSealedAnew ? user.role : withoutRights(user.role)
  const effect = runCommand(name, args, rows, { ...context, actor: { ...context.actor, role } })
  if (
    effect.kind !== 'changes' &&
    role !== user.role &&
    runCommand(name, args, rows, { ...context, issueNumber: () => null }).kind === 'changes'
  ) {
    return { outcome: parkedAsOver, pending: [], failure: null }
  }
  if (effect.kind !== 'changes')
    return { outcome: { kind: effect.kind, error: effect.error }, pending: [], failure: null }
  const notHeld = customersOf(effect.changes).filter((id) => !rows.holds('customer', id))
  if (notHeld.length > 0) {
    await transaction.holdCustomers(notHeld)
    if (await transaction.erasedAmong(notHeld)) return erased
  }
  const { versions, pending } = await applyEffect(transaction, effect.changes, rows, { userId: user.id, at })
  const remark = effect.remark ?? proven.value.remark ?? clockWasOff
  return {
    outcome: remark ? { kind: 'altered', versions, remark } : { kind: 'applied', versions },
    pending,
    failure: null,
  }
}

/**
 * How many numbers of its series a command may need: two where a person is captured together with their new
 * organisation.
 */
const numbersOf = (name: CommandName, args: CommandArgs<CommandName>): number =>
  name === 'customer.capture' && 'newOrganisation' in args && args.newOrganisation !== null ? 2 : 1

/** A command's arguments, with the facts about a call corrected by what the telephone system reported. */
async function provenArgs(
  transaction: CommandTransaction,
  { name, args }: CheckedCommand,
  userId: string,
): Promise<Result<{ readonly args: CommandArgs<CommandName>; readonly remark: Refusal | null }>> {
  return name === 'interaction.wrapUp' ? withProvenCall(transaction, args, userId) : ok({ args, remark: null })
}

/**
 * Reads the rows that a rule names, then those that only these rows can name. In that case all are read again, so that
 * they are locked in one order.
 */
async function readForRule(
  transaction: CommandTransaction,
  name: CommandName,
  args: CommandArgs<CommandName>,
  scopes: readonly string[],
): Promise<LockedRows> {
  const named = rowsReadBy(name, args)
  const rows = await readLocked(transaction, named, scopes)
  const more = rowsAlsoReadBy(name, args, rows)
  return more.length === 0 ? rows : readLocked(transaction, [...named, ...more], scopes)
}

const UNIQUE_VIOLATION = '23505'
const isTaken = (error: unknown) => (error as { code?: unknown }).code === UNIQUE_VIOLATION

/**
 * Whether the same command can succeed later: after a deadlock, a serialization failure, a row that two commands made
 * at once, or a broken or stopping server.
 */
export function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error instanceof Error && /Connection terminated|connection/i.test(error.message)
  return (
    ['40001', '40P01', UNIQUE_VIOLATION, '55P03', '57014'].includes(code) ||
    /^(08|53|57P|58|25P0[34])/.test(code) ||
    /^E[A-Z]+$/.test(code)
  )
}

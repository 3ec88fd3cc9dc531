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

/** `outcome` null: the command is ahead of its turn, and `expected` says which one is wanted. */
export interface Taken {
  readonly outcome: CommandOutcome | null
  readonly expected: number
  /** Left changes for the feed. */
  readonly changed: boolean
  /** What failed in the rule, for the log; the command itself is kept as refused. */
  readonly failure: Error | null
}

export interface Circumstances {
  readonly now: number
  /** The site's. */
  readonly timeZone: string
  readonly currency: string
  /** What could pass has been waited for: a row that cannot be written now never can, and must not block what follows. */
  readonly lastTry: boolean
}

/** One command, one transaction: its rows, its result and its changes are all there or none is. */
export function takeCommand(store: CommandStore, journal: Journal, envelope: CommandEnvelope, circumstances: Circumstances): Promise<Taken> {
  const { now } = circumstances
  return store.transaction(async (transaction) => {
    const expected = await transaction.lockNextSeq(journal, now)
    if (envelope.seq > expected) return { outcome: null, expected, changed: false, failure: null }
    const known = await transaction.storedResult(envelope.commandId)
    if (envelope.seq < expected) return { outcome: earlierOutcome(known, envelope), expected, changed: false, failure: null }
    const next = expected + 1
    await transaction.setNextSeq(journal, next, now)
    const isSealedAnew = known !== null && isParkedForSeal(known) && isSame(known, envelope)
    if (known && !isSealedAnew) return { outcome: salvagedOutcome(known, envelope), expected: next, changed: false, failure: null }
    const { outcome, pending, failure } = await runUnlessErased(transaction, journal, envelope, { ...circumstances, isSealedAnew })
    const kept = outcome === parkedAsErased ? { ...envelope, args: null } : envelope
    await (isSealedAnew ? transaction.replaceResult(journal, kept, outcome, now) : transaction.storeResult(journal, kept, outcome, now))
    await transaction.leavePending(pending)
    return { outcome, expected: next, changed: pending.length > 0, failure }
  })
}

/** A number that was used before must be the same command: else two journals think they are the same one. */
function earlierOutcome(known: StoredResult | null, envelope: CommandEnvelope): CommandOutcome {
  if (known?.hash === envelope.hash) return known.outcome
  return { kind: 'refused', error: { code: 'JOURNAL_COPIED', params: {} } }
}

/**
 * Sent before under another number (a journal that was salvaged): done already, only counted here. An id never means two
 * things. Of one that was scrubbed, here or there, there is nothing left to compare.
 */
function salvagedOutcome(known: StoredResult, envelope: CommandEnvelope): CommandOutcome {
  if (known.name === envelope.name && (known.args === null || isScrubbed(envelope))) return known.outcome
  if (isSame(known, envelope)) return known.outcome
  return { kind: 'refused', error: { code: 'BAD_ARGUMENT', params: { field: 'commandId', problem: 'idTaken' satisfies ReasonName } } }
}

const isSame = (known: StoredResult, { name, args }: CommandEnvelope): boolean => known.name === name && canonicalJson(known.args) === canonicalJson(args ?? null)

/** `isSealedAnew`: it was parked for its seal, and a workstation sealed it once more by itself. */
type RunCircumstances = Circumstances & { readonly isSealedAnew: boolean }

interface Run { readonly outcome: CommandOutcome; readonly pending: readonly PendingChange[]; readonly failure: Error | null }

const erased: Run = { outcome: parkedAsErased, pending: [], failure: null }

/**
 * A command about somebody who was erased is parked, and its text kept nowhere, whatever else would become of it. Asked
 * once more of what was not done: the erasure may have been committed while the command waited for a row of theirs.
 */
async function runUnlessErased(transaction: CommandTransaction, journal: Journal, envelope: CommandEnvelope, circumstances: RunCircumstances): Promise<Run> {
  if (isScrubbed(envelope) || (await namesErased(transaction, envelope))) return erased
  const done = await runGuarded(transaction, journal, envelope, circumstances)
  if (done.outcome.kind === 'applied' || done.outcome.kind === 'altered') return done
  return (await namesErased(transaction, envelope)) ? erased : done
}

/** A rule or a row that fails takes back its own writes only, and the command is kept as refused. */
async function runGuarded(transaction: CommandTransaction, journal: Journal, envelope: CommandEnvelope, circumstances: RunCircumstances): Promise<Run> {
  try {
    return await transaction.undoneIfThrown(() => run(transaction, journal, envelope, circumstances))
  } catch (error) {
    if (isPassing(error) && !(circumstances.lastTry && isTaken(error))) throw error
    if (error instanceof RefusalError) return { outcome: { kind: 'refused', error: error.refusal }, pending: [], failure: null }
    return { outcome: { kind: 'refused', error: { code: 'INTERNAL', params: { reference: envelope.commandId } } }, pending: [], failure: error as Error }
  }
}

async function run(transaction: CommandTransaction, journal: Journal, envelope: CommandEnvelope, { now, timeZone, currency, isSealedAnew }: RunCircumstances): Promise<Run> {
  const checked = checkEnvelope(envelope)
  if (!checked.ok) return { outcome: { kind: 'refused', error: checked.error }, pending: [], failure: null }
  const sealed = checkSeal(envelope, journal, envelope.seal && (await transaction.sealingSession(envelope.seal.sessionId)), now)
  if (sealed.by === 'nobody') return { outcome: sealed.outcome, pending: [], failure: null }
  const user = await transaction.row('user', envelope.userId)
  if (!user) return { outcome: { kind: 'refused', error: { code: 'NOT_ALLOWED', params: {} } }, pending: [], failure: null }
  // Work from before somebody left can come late, but so can work in the name of somebody who left: a person decides.
  if (!user.active) return { outcome: { kind: 'parked', error: { code: 'NOT_ALLOWED', params: {} } }, pending: [], failure: null }
  const { name } = checked.value
  const { at, remark: clockWasOff } = commandTime(envelope.at, now, sealed.signedInAt)
  const proven = await provenArgs(transaction, checked.value, user.id)
  if (!proven.ok) return { outcome: { kind: 'refused', error: proven.error }, pending: [], failure: null }
  const { args } = proven.value
  const rows = await readForRule(transaction, name, args, scopesOf(user))
  const issueNumber = await transaction.reserveNumbers(name, numbersOf(name, args))
  const context = { actor: { userId: user.id, role: user.role, team: user.team }, at, timeZone, currency, issueNumber }
  // A sign-in that is over lends its role no more, nor does one for what a workstation sealed anew without asking: what the
  // role alone allows waits for a person.
  const role = sealed.live && !isSealedAnew ? user.role : withoutRights(user.role)
  const effect = runCommand(name, args, rows, { ...context, actor: { ...context.actor, role } })
  if (effect.kind !== 'changes' && role !== user.role && runCommand(name, args, rows, { ...context, issueNumber: () => null }).kind === 'changes') {
    return { outcome: parkedAsOver, pending: [], failure: null }
  }
  if (effect.kind !== 'changes') return { outcome: { kind: effect.kind, error: effect.error }, pending: [], failure: null }
  const notHeld = customersOf(effect.changes).filter((id) => !rows.holds('customer', id))
  if (notHeld.length > 0) {
    await transaction.holdCustomers(notHeld)
    if (await transaction.erasedAmong(notHeld)) return erased
  }
  const { versions, pending } = await applyEffect(transaction, effect.changes, rows, { userId: user.id, at })
  const remark = effect.remark ?? proven.value.remark ?? clockWasOff
  return { outcome: remark ? { kind: 'altered', versions, remark } : { kind: 'applied', versions }, pending, failure: null }
}

/** How many numbers of its series a command may need: a person is captured together with their new organisation. */
const numbersOf = (name: CommandName, args: CommandArgs<CommandName>): number => (name === 'customer.capture' && 'newOrganisation' in args && args.newOrganisation !== null ? 2 : 1)

/** A command's arguments, with what they say of a call as the telephone system knows it. */
async function provenArgs(transaction: CommandTransaction, { name, args }: CheckedCommand, userId: string): Promise<Result<{ readonly args: CommandArgs<CommandName>; readonly remark: Refusal | null }>> {
  return name === 'interaction.wrapUp' ? withProvenCall(transaction, args, userId) : ok({ args, remark: null })
}

/** The rows that a rule names, and those that only these can name; all read again then, so that they are locked in one order. */
async function readForRule(transaction: CommandTransaction, name: CommandName, args: CommandArgs<CommandName>, scopes: readonly string[]): Promise<LockedRows> {
  const named = rowsReadBy(name, args)
  const rows = await readLocked(transaction, named, scopes)
  const more = rowsAlsoReadBy(name, args, rows)
  return more.length === 0 ? rows : readLocked(transaction, [...named, ...more], scopes)
}

const UNIQUE_VIOLATION = '23505'
const isTaken = (error: unknown) => (error as { code?: unknown }).code === UNIQUE_VIOLATION

/** Deadlock, serialization, a row made by two at once, a broken or stopping server: the same command can succeed later. */
export function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error instanceof Error && /Connection terminated|connection/i.test(error.message)
  return ['40001', '40P01', UNIQUE_VIOLATION, '55P03', '57014'].includes(code) || /^(08|53|57P|58|25P0[34])/.test(code) || /^E[A-Z]+$/.test(code)
}

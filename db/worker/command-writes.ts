import { withTyped } from '../../domain/commands/typed-fields.ts'
import { upgradedArgs } from '../../domain/commands/upgraded-args.ts'
import { commands } from '../../protocol/commands.ts'
import { badArgument, refuse, type Refusal } from '../../protocol/errors.ts'
import { reasonOf } from '../../protocol/reasons.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { CommandEnvelope, CommandOutcome } from '../../protocol/wire.ts'
import { nothingTouched, type Touched } from '../apply/touched.ts'
import type { WritableDb } from '../handles.ts'
import {
  commandById,
  commandsToSend,
  dismissRemark,
  dropCommand,
  enterCommand,
  isScrubbed,
  markSent,
  markSettled,
  pruneCommands,
  recordOutcome,
  renumberCommands,
  replayFrom,
  sealAnew,
  unsettledCommands,
  type NewCommand,
} from '../journal/commands.ts'
import type { SealingKey } from '../journal/command-seal.ts'
import { namesErased } from '../journal/erasures.ts'
import { removeDeskCall } from '../journal/desk-calls.ts'
import { discardDraft } from '../journal/drafts.ts'
import { compareWithServer, type Compared, type SaidOfJournal } from '../journal/server-view.ts'
import { readMeta, writeMeta } from '../schema/meta.ts'
import type { JournalRoom } from './journal-room.ts'
import type { Shown, ShownCommands } from './shown-commands.ts'

/**
 * What the journal has to do along with a command, in the same transaction. Calls and drafts are those of the user who
 * entered the command.
 */
export interface Along {
  readonly removeDeskCall?: string
  readonly discardDraft?: string
}

/** A larger difference than there is between the clocks of the server's nodes. */
const CLOCK_WAS_SET_MS = 300_000

/** `ok`: the command is in the journal, whether it could be shown or not. */
export type Entered =
  | ({ readonly ok: true; readonly seqs: number[] } & Shown)
  | { readonly ok: false; readonly error: Refusal }

export interface Counts {
  readonly unsent: number
  readonly needsAttention: number
}

/** A command's way through the journal: entered, sent, answered, settled; each under the user who entered it. */
export const commandWrites = (journal: WritableDb, room: JournalRoom, shown: ShownCommands) => ({
  /**
   * Writes a user's commands to the journal (all or none) and shows them. A command is refused at once where its rule
   * refuses it on the rows that are known here.
   */
  enter: (entered: readonly NewCommand[], along: Along): Entered => {
    for (const command of entered) {
      if (namesErased(journal, command.args)) return { ok: false, error: { code: 'CUSTOMER_ERASED', params: {} } }
      const error = shown.refusalOf(command)
      if (error) return { ok: false, error }
    }
    const seqs = room.write(() => {
      const given = entered.map((command) => enterCommand(journal, command))
      const userId = entered[0]?.userId
      if (userId && along.removeDeskCall) removeDeskCall(journal, userId, along.removeDeskCall)
      if (userId && along.discardDraft) discardDraft(journal, userId, along.discardDraft)
      return given
    })
    return { ok: true, seqs, ...shown.show(entered.map((command, index) => ({ ...command, seq: seqs[index]! }))) }
  },
  lastSeq: () => Number(readMeta(journal, 'lastSeq') ?? 0),
  /** The next commands for the server, as many as fit into `maxBytes`, but at least one if there is one. */
  toSend: (maxBytes: number): CommandEnvelope[] => {
    const batch: CommandEnvelope[] = []
    let bytes = 0
    for (const envelope of commandsToSend(journal, 200)) {
      bytes += Buffer.byteLength(JSON.stringify(envelope)) + 2
      if (batch.length > 0 && bytes > maxBytes) break
      batch.push(envelope)
    }
    return batch
  },
  markSent: (seqs: readonly number[]) => room.write(() => markSent(journal, seqs)),
  recordOutcomes: (outcomes: readonly { seq: number; outcome: CommandOutcome }[], at: number): Touched => {
    room.write(() => {
      for (const { seq, outcome } of outcomes) recordOutcome(journal, seq, outcome, at)
    })
    const gone = outcomes.some(({ outcome }) => outcome.kind === 'refused' || outcome.kind === 'parked')
    const settled = shown.settle()
    return gone && settled === nothingTouched ? shown.reload() : settled
  },
  /**
   * Settles commands that the server has applied although some of their rows will never come here (they are out of
   * scope, or were erased since): commands that were answered longer ago than `afterMs`, or far in the future by a
   * server's clock that was set back since.
   */
  settleApplied: (now: number, afterMs: number): Touched => {
    const isOver = (ms: number) => ms > afterMs || ms < -CLOCK_WAS_SET_MS
    const late = unsettledCommands(journal).filter(
      (command) => command.state === 'applied' && isOver(now - (command.outcomeAt ?? 0)),
    )
    if (late.length === 0) return nothingTouched
    room.write(() =>
      markSettled(
        journal,
        late.map((command) => command.seq),
      ),
    )
    return shown.reload()
  },
  dismiss: (userId: UserId, commandId: string): boolean => room.write(() => dismissRemark(journal, userId, commandId)),
  drop: (userId: UserId, commandId: string): boolean => room.write(() => dropCommand(journal, userId, commandId)),
  /** Enters a refused or parked command once more, as a new command; the old one is dropped. */
  retry: (userId: UserId, commandId: string, newCommandId: string, at: number, sealing: SealingKey): Shown | null => {
    const old = commandById(journal, commandId)
    if (!old || isScrubbed(old) || old.userId !== userId || (old.state !== 'refused' && old.state !== 'parked'))
      return null
    room.write(() => {
      dropCommand(journal, userId, commandId)
      enterCommand(journal, { ...old, commandId: newCommandId, at, sealing })
    })
    return shown.reloadKept()
  },
  /**
   * Does the same with other values in the command's typed fields. The new command is checked like any other; if it is
   * refused, the old one stays as it was.
   */
  change: (
    userId: UserId,
    commandId: string,
    values: Readonly<Record<string, string | number | null>>,
    newCommandId: string,
    at: number,
    sealing: SealingKey,
  ): Entered => {
    const old = commandById(journal, commandId)
    if (!old || old.userId !== userId || (old.state !== 'refused' && old.state !== 'parked'))
      return refuse('ROW_UNKNOWN')
    const parsed = commands[old.name].args.safeParse(
      withTyped(old.name, upgradedArgs(old.name, old.version, old.args), values),
    )
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      return badArgument(issue?.path.join('.') || old.name, reasonOf(issue))
    }
    const command: NewCommand = {
      ...old,
      commandId: newCommandId,
      args: parsed.data,
      at,
      sealing,
      version: commands[old.name].version,
    }
    const error = namesErased(journal, command.args)
      ? { code: 'CUSTOMER_ERASED' as const, params: {} }
      : shown.refusalOf(command)
    if (error) return { ok: false, error }
    const seq = room.write(() => {
      dropCommand(journal, userId, commandId)
      return enterCommand(journal, command)
    })
    return { ok: true, seqs: [seq], ...shown.reloadKept() }
  },
  /**
   * Commands of a sign-in that the server does not know are sent again under this sign-in, where it is the same user's.
   */
  sealAnew: (userId: UserId, sealing: SealingKey): Shown => {
    const sealed = room.write(() => sealAnew(journal, userId, sealing))
    return sealed > 0 ? shown.reloadKept() : { touched: nothingTouched, notShown: null }
  },
  replayFrom: (seq: number): Shown => {
    room.write(() => replayFrom(journal, seq))
    return shown.reloadKept()
  },
  /** Compares this journal with the server's view of it (`server-view.ts`). */
  compare: (said: SaidOfJournal): Compared => compareWithServer(journal, said),
  /** Gives the journal a new name, under which the server knows nothing yet. */
  beginIncarnation: (incarnation: string, send: 'unsent' | 'everything'): Shown => {
    room.write(() => {
      renumberCommands(journal, send)
      writeMeta(journal, 'incarnation', incarnation)
    })
    if (send === 'everything') return shown.reloadKept()
    shown.renumbered()
    return { touched: nothingTouched, notShown: null }
  },
  prune: (now: number) => room.write(() => pruneCommands(journal, now)),
  /** How many commands are unsent or wait for a person: of one user, or of all users of this workstation. */
  counts: (userId: UserId | null): Counts => {
    const open = unsettledCommands(journal).filter((command) => userId === null || command.userId === userId)
    const needsAttention = open.filter((command) => command.state === 'refused' || command.state === 'parked').length
    const applied = open.filter((command) => command.state === 'applied').length
    return { unsent: open.length - needsAttention - applied, needsAttention }
  },
})

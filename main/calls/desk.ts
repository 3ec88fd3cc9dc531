import type { Remote } from '../../db/worker/port.ts'
import type { ReaderCalls } from '../../db/worker/reader.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import { isWithheld } from '../../domain/numbers/withheld.ts'
import { hasTyped } from '../../domain/typed-content.ts'
import type { AgentCall, Party } from '../../protocol/calls.ts'
import { emptyDraft, type Draft } from '../../protocol/draft.ts'
import type { CallId, CustomerId, UserId } from '../../protocol/scalars.ts'
import type { DeskCall, Pop } from '../../protocol/workstation.ts'
import { inBackground, type Log } from '../log.ts'
import type { Place } from '../services/session.ts'
import { createTurns } from './turns.ts'
import { unreadPop } from './unread-pop.ts'

export interface DeskOptions {
  readonly reader: Pick<Remote<ReaderCalls>, 'pop'>
  readonly writer: Pick<Remote<WriterCalls>, 'storeDeskCall' | 'removeDeskCall'>
  readonly log: Log
  readonly now: () => number
  readonly newId: () => string
  /** The site's zone and country. */
  readonly place: () => Place
  /** The signed-in user: only their calls are shown. */
  readonly userId: () => UserId | null
  /** Calls that were wrapped up here although the server does not know it yet. */
  readonly done: Iterable<CallId>
  publish(pop: Pop): void
  onChanged(): void
  /** The cache does not hold this caller: ask the server. */
  onMissed(desk: DeskCall): void
  /** A missed call disappeared here because its customer was erased: the server must not report it again. */
  onMissedGone(callId: CallId): void
  /** A call is shown without its record, because the record could not be read. */
  onUnread(error: unknown): void
}

export interface Desk {
  calls(): DeskCall[]
  /** Calls that rang here and that nobody answered, newest first, until they are dismissed. */
  missed(): DeskCall[]
  /** Dismisses a missed call that the agent has seen. False where there is no such call. */
  dismiss(callId: CallId): boolean
  find(callId: CallId): DeskCall | null
  /** Shows these calls and no others, because a user signed in or out. */
  begin(calls: readonly DeskCall[]): void
  /** Takes what the telephone system reports about a call. It may arrive twice, late and out of order. */
  take(call: AgentCall): Promise<void>
  /** Sets which customer the next call to this number is with; null: the number was not dialled after all. */
  expectDialled(call: DialledCall | null): void
  /** Takes a call that the server does not know of, from a link or the command line. */
  takeLocal(call: AgentCall): Promise<void>
  /** Matches a call again and shows it, after a pick, a rejection or the server's reply. */
  look(callId: CallId, change?: { customerId?: CustomerId | null; enriched?: boolean }): Promise<Pop | null>
  /** Tries again to read the records that could not be read. */
  readUnread(): Promise<void>
  noteDraft(draft: Draft): void
  remove(callId: CallId): void
  /**
   * A customer was erased: calls that show them go on with an unknown caller, and what was typed about them is removed.
   */
  forget(customerId: CustomerId): Promise<void>
}

type Known = Pick<DeskCall, 'draft' | 'local' | 'enriched' | 'customerId' | 'taskId'>

/**
 * A call that was dialled here and that the telephone system has not reported yet: the customer it is with and the task
 * it is for.
 */
export interface DialledCall {
  readonly number: string
  readonly customerId: CustomerId | null
  readonly taskId: string | null
}

/** The telephone system reports a dialled call within this time; a call that it reports later is another one. */
const DIALLED_WITHIN_MS = 15_000

/**
 * Keeps the calls of this workstation until they are wrapped up. Each call has one entry, however many legs it has and
 * however many messages arrive about it.
 */
export function createDesk(options: DeskOptions): Desk {
  const { reader, writer, log } = options
  const desks = new Map<CallId, DeskCall>()
  /**
   * Calls that a user was done with here. A late message does not bring them back to that user, but the same call may
   * still ring here for the next user.
   */
  const done = new Set<string>()
  let dialled: { readonly call: DialledCall; readonly at: number } | null = null
  const wrappedUp = new Set<CallId>(options.done)
  const dismissed = new Set<string>()
  const ofUser = (userId: UserId | null, callId: CallId) => `${userId} ${callId}`
  const isDone = ({ userId, callId }: AgentCall) => wrappedUp.has(callId) || done.has(ofUser(userId, callId))
  const inTurn = createTurns<CallId>()
  const isShown = (call: AgentCall) => call.userId === options.userId()
  const shownDesks = () => [...desks.values()].filter(({ call }) => isShown(call))

  const newDraft = (call: AgentCall): Draft => ({
    key: call.callId,
    interactionId: options.newId(),
    callId: call.callId,
    customerId: null,
    openedAt: options.now(),
    savedAt: null,
    content: emptyDraft,
  })

  const store = (desk: DeskCall) => {
    inBackground(log, writer.storeDeskCall(desk), 'keep call')
    if (!isShown(desk.call)) return
    desks.set(desk.call.callId, desk)
    options.onChanged()
  }

  /** Returns null where the call was wrapped up while its record was being read. */
  async function pop(call: AgentCall, from: Known): Promise<Pop | null> {
    const wasHere = desks.has(call.callId)
    const { country, timeZone } = options.place()
    const question = {
      call,
      draft: from.draft,
      local: from.local,
      enriched: from.enriched,
      pickedCustomerId: from.customerId,
      country,
      context: { now: options.now(), timeZone },
    }
    let shown: Pop
    try {
      shown = await reader.pop(question)
    } catch (error) {
      log.error('call shown without its record', error)
      const known = desks.get(call.callId)
      shown = unreadPop(question, known && sameParty(known.call.party, call.party) ? known : null)
      options.onUnread(error)
    }
    if (wasHere && isDone(call)) return null
    // The agent may have typed while the reader worked: then the draft here is newer than the one the reader got.
    const typed = desks.get(call.callId)?.draft
    if (from.taskId !== undefined) shown = { ...shown, desk: { ...shown.desk, taskId: from.taskId } }
    const latest: Pop = typed
      ? {
          ...shown,
          desk: { ...shown.desk, draft: { ...typed, customerId: shown.desk.draft.customerId ?? typed.customerId } },
        }
      : shown
    store(latest.desk)
    if (isShown(call) && !isMissed(latest.desk)) options.publish(latest)
    return latest
  }

  const askIfMissed = (pop: Pop | null) => {
    if (pop && pop.desk.match.kind === 'none' && !pop.desk.unread) options.onMissed(pop.desk)
  }

  /** The customer and task that an outgoing call was dialled for; each is used once. */
  function takeDialled(call: AgentCall): DialledCall | null {
    const { party } = call
    if (
      !dialled ||
      call.direction !== 'out' ||
      party.kind !== 'number' ||
      options.now() - dialled.at > DIALLED_WITHIN_MS
    )
      return null
    if (!sameNumber(party.raw, dialled.call.number)) return null
    const meant = dialled.call
    dialled = null
    return meant
  }

  async function first(call: AgentCall, local: boolean): Promise<void> {
    const meant = takeDialled(call)
    askIfMissed(
      await pop(call, {
        draft: newDraft(call),
        local,
        enriched: false,
        customerId: meant?.customerId ?? null,
        ...(meant?.taskId ? { taskId: meant.taskId } : {}),
      }),
    )
  }

  async function fold(call: AgentCall): Promise<void> {
    const known = desks.get(call.callId)
    if (!known) {
      if (call.missed && isOver(call)) {
        if (!wrappedUp.has(call.callId) && !dismissed.has(ofUser(call.userId, call.callId))) await first(call, false)
        return
      }
      // A call that ended unanswered is over. A call that was answered waits for its wrap-up, even where this message
      // arrives late.
      if (isOver(call) || isDone(call)) return
      await first(call, false)
      return
    }
    if (call.revision <= known.call.revision) return
    if (known.call.phase === 'ended') {
      // Nobody took the transfer: the caller rings here again, and what was written about the call is kept.
      if (call.phase !== 'ended' && call.givenTo?.state === 'back')
        await pop({ ...call, party: known.call.party }, known)
      // An ended call stays ended here, but later news (such as who took the transfer) is still shown.
      else if (call.phase === 'ended') store({ ...known, call: { ...call, party: known.call.party } })
      return
    }
    if (isOver(call) && !call.missed && !hasTyped(known.draft.content)) {
      // A colleague took the call, or it is not known yet whether anyone will. Nothing was written here, so the call
      // disappears.
      drop(call)
      return
    }
    const handedOver = call.handedOver !== null && known.call.handedOver === null
    if (!sameParty(known.call.party, call.party) || handedOver) {
      await pop(call, { ...known, enriched: false, customerId: null })
      return
    }
    store({ ...known, call: { ...call, party: known.call.party } })
  }

  function drop({ callId, userId }: AgentCall): void {
    desks.delete(callId)
    done.add(ofUser(userId, callId))
    inBackground(log, writer.removeDeskCall(userId, callId), 'withdraw call')
    options.onChanged()
  }

  async function forget(callId: CallId, customerId: CustomerId): Promise<void> {
    const known = desks.get(callId)
    if (!known || !names(known, customerId)) return
    const { call } = known
    if (isMissed(known)) {
      dismissed.add(ofUser(call.userId, callId))
      drop(call)
      options.onMissedGone(callId)
      return
    }
    const handedOver = call.handedOver?.customerId === customerId
    desks.delete(callId)
    await writer.removeDeskCall(call.userId, callId)
    const asUnknown: AgentCall = handedOver ? { ...call, handedOver: null } : call
    const theirs = handedOver || known.customerId === customerId
    await pop(asUnknown, {
      ...known,
      customerId: theirs ? null : pickedOf(known),
      draft: theirs ? newDraft(asUnknown) : known.draft,
    })
  }

  const look: Desk['look'] = (callId, change = {}) =>
    inTurn(callId, async () => {
      const known = desks.get(callId)
      if (!known) return null
      const customerId = change.customerId === undefined ? pickedOf(known) : change.customerId
      return pop(known.call, { ...known, enriched: change.enriched ?? known.enriched, customerId })
    })

  return {
    calls: () =>
      shownDesks()
        .filter((desk) => !isMissed(desk))
        .toSorted((a, b) => a.call.offeredAt - b.call.offeredAt),
    missed: () =>
      shownDesks()
        .filter(isMissed)
        .toSorted((a, b) => b.call.offeredAt - a.call.offeredAt),
    dismiss: (callId) => {
      const desk = desks.get(callId)
      if (!desk || !isShown(desk.call) || !isMissed(desk)) return false
      dismissed.add(ofUser(desk.call.userId, callId))
      drop(desk.call)
      return true
    },
    find: (callId) => shownDesks().find(({ call }) => call.callId === callId) ?? null,
    begin: (calls) => {
      desks.clear()
      for (const desk of calls) desks.set(desk.call.callId, desk)
      options.onChanged()
    },
    take: (call) => inTurn(call.callId, () => fold(call)),
    expectDialled: (call) => {
      dialled = call && { call, at: options.now() }
    },
    takeLocal: (call) => inTurn(call.callId, () => first(call, true)),
    look,
    readUnread: async () => {
      for (const { call, unread } of shownDesks()) {
        if (unread) askIfMissed(await look(call.callId))
      }
    },
    noteDraft: (draft) => {
      const desk = draft.callId ? desks.get(draft.callId) : undefined
      if (!desk) return
      desks.set(desk.call.callId, { ...desk, draft })
      options.onChanged()
    },
    remove: (callId) => {
      const desk = desks.get(callId)
      // The wrap-up removed the call from the disk, but a record that was read meanwhile may have stored it again:
      // remove it once more.
      if (desk) drop(desk.call)
      else done.add(ofUser(options.userId(), callId))
    },
    forget: async (customerId) => {
      for (const {
        call: { callId },
      } of shownDesks())
        await inTurn(callId, () => forget(callId, customerId))
    },
  }
}

/** The customer that an agent picked, or null. A customer that the match opened is not a pick and is matched again. */
const pickedOf = (desk: DeskCall): CustomerId | null =>
  desk.match.kind === 'one' && desk.match.customerId === desk.customerId ? null : desk.customerId

/**
 * Whether the call names this customer anywhere: as its customer, as one of several candidates, or as the one a
 * colleague had open.
 */
const names = (desk: DeskCall, customerId: CustomerId) => JSON.stringify(desk).includes(customerId)

/**
 * Whether the call rang here and nobody answered it here. A call that was dialled here waits for its wrap-up even where
 * nobody answered it.
 */
const isOver = (call: AgentCall) => call.phase === 'ended' && call.answeredAt === null && call.direction === 'in'

/** Only the trace of a missed call: it gets no tab, because nobody wrote anything about it. */
const isMissed = ({ call, draft }: DeskCall) => call.missed != null && isOver(call) && !hasTyped(draft.content)

/** Once a caller is withheld they stay withheld here, however the provider writes that. */
const sameParty = (known: Party, said: Party) =>
  known.kind === 'withheld'
    ? said.kind === 'withheld' || (said.kind === 'number' && isWithheld(said.raw))
    : JSON.stringify(known) === JSON.stringify(said)

/** A telephone system may put a prefix before the dialled number, or remove the plus. */
function sameNumber(told: string, dialledNumber: string): boolean {
  const [a, b] = [told, dialledNumber].map((number) => number.replaceAll(/[^\d*#]/g, ''))
  return a !== '' && b !== '' && (a!.endsWith(b!) || b!.endsWith(a!))
}

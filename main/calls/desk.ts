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
  /** Who works here: only their calls are shown. */
  readonly userId: () => UserId | null
  /** Calls that were wrapped up here although the center does not know yet. */
  readonly done: Iterable<CallId>
  publish(pop: Pop): void
  onChanged(): void
  /** A caller whom the cache does not hold: ask the center. */
  onMissed(desk: DeskCall): void
  /** A missed call of somebody who was erased is gone here: the server must not tell of it again. */
  onMissedGone(callId: CallId): void
  /** A call is shown without its record, because that could not be read. */
  onUnread(error: unknown): void
}

export interface Desk {
  calls(): DeskCall[]
  /** Calls that rang here and that nobody answered, the last one first, until they are dismissed. */
  missed(): DeskCall[]
  /** A missed call that was looked at. False: there is none. */
  dismiss(callId: CallId): boolean
  find(callId: CallId): DeskCall | null
  /** Shows these calls and no others: somebody sat down here, or left. */
  begin(calls: readonly DeskCall[]): void
  /** What the telephone system says of a call. May come twice, late and out of order. */
  take(call: AgentCall): Promise<void>
  /** Whom the next call to this number is with; null: it was not dialled after all. */
  expectDialled(call: DialledCall | null): void
  /** A call that the center does not know of, from a link or the command line. */
  takeLocal(call: AgentCall): Promise<void>
  /** Matches a call again and shows it, after a pick, a rejection or the center's answer. */
  look(callId: CallId, change?: { customerId?: CustomerId | null; enriched?: boolean }): Promise<Pop | null>
  /** Reads the records again that could not be read. */
  readUnread(): Promise<void>
  noteDraft(draft: Draft): void
  remove(callId: CallId): void
  /** A customer was erased: calls that show them go on as those of somebody unknown, and what was typed about them goes. */
  forget(customerId: CustomerId): Promise<void>
}

type Known = Pick<DeskCall, 'draft' | 'local' | 'enriched' | 'customerId' | 'taskId'>

/** A call that was dialled here and has not been told of yet: whom it is with, and what for. */
export interface DialledCall { readonly number: string; readonly customerId: CustomerId | null; readonly taskId: string | null }

/** So long after dialling the telephone system tells of the call at the latest; what it tells of later is another one. */
const DIALLED_WITHIN_MS = 15_000

/** The calls of this desk until they are wrapped up: one each, whatever the number of legs and of messages about it. */
export function createDesk(options: DeskOptions): Desk {
  const { reader, writer, log } = options
  const desks = new Map<CallId, DeskCall>()
  /** Calls that somebody was done with here: a late message does not bring them back to them, and what one missed rings for the next. */
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
    key: call.callId, interactionId: options.newId(), callId: call.callId, customerId: null, openedAt: options.now(), savedAt: null,
    content: emptyDraft,
  })

  const store = (desk: DeskCall) => {
    inBackground(log, writer.storeDeskCall(desk), 'keep call')
    if (!isShown(desk.call)) return
    desks.set(desk.call.callId, desk)
    options.onChanged()
  }

  /** Null: it was wrapped up while its record was being read. */
  async function pop(call: AgentCall, from: Known): Promise<Pop | null> {
    const wasHere = desks.has(call.callId)
    const { country, timeZone } = options.place()
    const question = {
      call, draft: from.draft, local: from.local, enriched: from.enriched, pickedCustomerId: from.customerId, country,
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
    // What was typed while the reader worked is newer than what it was given.
    const typed = desks.get(call.callId)?.draft
    if (from.taskId !== undefined) shown = { ...shown, desk: { ...shown.desk, taskId: from.taskId } }
    const latest: Pop = typed ? { ...shown, desk: { ...shown.desk, draft: { ...typed, customerId: shown.desk.draft.customerId ?? typed.customerId } } } : shown
    store(latest.desk)
    if (isShown(call) && !isMissed(latest.desk)) options.publish(latest)
    return latest
  }

  const askIfMissed = (pop: Pop | null) => {
    if (pop && pop.desk.match.kind === 'none' && !pop.desk.unread) options.onMissed(pop.desk)
  }

  /** What an outgoing call was dialled for; it counts once. */
  function takeDialled(call: AgentCall): DialledCall | null {
    const { party } = call
    if (!dialled || call.direction !== 'out' || party.kind !== 'number' || options.now() - dialled.at > DIALLED_WITHIN_MS) return null
    if (!sameNumber(party.raw, dialled.call.number)) return null
    const meant = dialled.call
    dialled = null
    return meant
  }

  async function first(call: AgentCall, local: boolean): Promise<void> {
    const meant = takeDialled(call)
    askIfMissed(await pop(call, {
      draft: newDraft(call), local, enriched: false, customerId: meant?.customerId ?? null, ...(meant?.taskId ? { taskId: meant.taskId } : {}),
    }))
  }

  async function fold(call: AgentCall): Promise<void> {
    const known = desks.get(call.callId)
    if (!known) {
      if (call.missed && isOver(call)) {
        if (!wrappedUp.has(call.callId) && !dismissed.has(ofUser(call.userId, call.callId))) await first(call, false)
        return
      }
      // One that ended unanswered is over; one that was answered waits for its wrap-up, also if we come late.
      if (isOver(call) || isDone(call)) return
      await first(call, false)
      return
    }
    if (call.revision <= known.call.revision) return
    if (known.call.phase === 'ended') {
      // Nobody took the transfer: the caller rings here again, and what was written about the call goes on.
      if (call.phase !== 'ended' && call.givenTo?.state === 'back') await pop({ ...call, party: known.call.party }, known)
      // Ended is final; what became of it elsewhere is still told.
      else if (call.phase === 'ended') store({ ...known, call: { ...call, party: known.call.party } })
      return
    }
    if (isOver(call) && !call.missed && !hasTyped(known.draft.content)) {
      // A colleague took it, or it is not known yet whether anybody will: nothing was written here, so nothing stays.
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
    await pop(asUnknown, { ...known, customerId: theirs ? null : pickedOf(known), draft: theirs ? newDraft(asUnknown) : known.draft })
  }

  const look: Desk['look'] = (callId, change = {}) =>
    inTurn(callId, async () => {
      const known = desks.get(callId)
      if (!known) return null
      const customerId = change.customerId === undefined ? pickedOf(known) : change.customerId
      return pop(known.call, { ...known, enriched: change.enriched ?? known.enriched, customerId })
    })

  return {
    calls: () => shownDesks().filter((desk) => !isMissed(desk)).toSorted((a, b) => a.call.offeredAt - b.call.offeredAt),
    missed: () => shownDesks().filter(isMissed).toSorted((a, b) => b.call.offeredAt - a.call.offeredAt),
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
    expectDialled: (call) => { dialled = call && { call, at: options.now() } },
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
      // Its wrap-up took it off the disk; a record that was read meanwhile may have put it there again.
      if (desk) drop(desk.call)
      else done.add(ofUser(options.userId(), callId))
    },
    forget: async (customerId) => {
      for (const { call: { callId } } of shownDesks()) await inTurn(callId, () => forget(callId, customerId))
    },
  }
}

/** Whom somebody said it is; what the match opened by itself is matched anew. */
const pickedOf = (desk: DeskCall): CustomerId | null =>
  desk.match.kind === 'one' && desk.match.customerId === desk.customerId ? null : desk.customerId

/** Whose call it is, who was one of several, or whom a colleague had open. */
const names = (desk: DeskCall, customerId: CustomerId) => JSON.stringify(desk).includes(customerId)

const isOver = (call: AgentCall) => call.phase === 'ended' && call.answeredAt === null

/** Nothing but a trace: it is no tab, because nobody wrote anything about it. */
const isMissed = ({ call, draft }: DeskCall) => call.missed != null && isOver(call) && !hasTyped(draft.content)

/** A withheld caller stays withheld here, however the provider writes that. */
const sameParty = (known: Party, said: Party) =>
  known.kind === 'withheld' ? said.kind === 'withheld' || (said.kind === 'number' && isWithheld(said.raw)) : JSON.stringify(known) === JSON.stringify(said)

/** A telephone system may put a prefix before what was dialled, or take the plus away. */
function sameNumber(told: string, dialledNumber: string): boolean {
  const [a, b] = [told, dialledNumber].map((number) => number.replaceAll(/[^\d*#]/g, ''))
  return a !== '' && b !== '' && (a!.endsWith(b!) || b!.endsWith(a!))
}

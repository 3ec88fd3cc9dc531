import type { Remote } from '../../db/worker/port.ts'
import type { ReaderCalls } from '../../db/worker/reader.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import { isWithheld } from '../../domain/numbers/withheld.ts'
import type { AgentCall, Party } from '../../protocol/calls.ts'
import { emptyDraft, type Draft, type DraftContent } from '../../protocol/draft.ts'
import type { CallId, CustomerId } from '../../protocol/scalars.ts'
import type { DeskCall, Pop } from '../../protocol/workstation.ts'
import { inBackground, type Log } from '../log.ts'
import type { Place } from '../services/session.ts'

export interface DeskOptions {
  readonly reader: Remote<ReaderCalls>
  readonly writer: Remote<WriterCalls>
  readonly log: Log
  readonly now: () => number
  readonly newId: () => string
  /** The site's zone and country. */
  readonly place: () => Place
  /** Calls that were on the desk when it was last closed. */
  readonly kept: readonly DeskCall[]
  /** Calls that were wrapped up here although the center does not know yet. */
  readonly done: Iterable<CallId>
  publish(pop: Pop): void
  onChanged(): void
  /** A caller whom the cache does not hold: ask the center. */
  onMissed(desk: DeskCall): void
}

export interface Desk {
  calls(): DeskCall[]
  find(callId: CallId): DeskCall | null
  /** What the telephone system says of a call. May come twice, late and out of order. */
  take(call: AgentCall): Promise<void>
  /** A call that the center does not know of, from a link or the command line. */
  takeLocal(call: AgentCall): Promise<void>
  /** Matches a call again and shows it, after a pick, a rejection or the center's answer. */
  look(callId: CallId, change?: { customerId?: CustomerId | null; enriched?: boolean }): Promise<Pop | null>
  noteDraft(draft: Draft): void
  remove(callId: CallId): void
}

/** The calls of this desk until they are wrapped up: one each, whatever the number of legs and of messages about it. */
export function createDesk(options: DeskOptions): Desk {
  const { reader, writer, log } = options
  const desks = new Map<CallId, DeskCall>(options.kept.map((desk) => [desk.call.callId, desk]))
  /** Calls that were done with here: a late message does not bring them back. */
  const done = new Set<CallId>(options.done)
  /** Messages of one call are taken one after the other. */
  const queues = new Map<CallId, Promise<unknown>>()

  function inTurn<T>(callId: CallId, work: () => Promise<T>): Promise<T> {
    const next = (queues.get(callId) ?? Promise.resolve()).then(work, work)
    queues.set(callId, next.catch(() => null))
    return next
  }

  const newDraft = (call: AgentCall): Draft => ({
    key: call.callId, interactionId: options.newId(), callId: call.callId, customerId: null, openedAt: options.now(), savedAt: null,
    content: call.handedOver?.note ? { ...emptyDraft, note: call.handedOver.note } : emptyDraft,
  })

  const store = (desk: DeskCall) => {
    desks.set(desk.call.callId, desk)
    inBackground(log, writer.storeDeskCall(desk), 'keep call')
    options.onChanged()
  }

  async function pop(call: AgentCall, from: { draft: Draft; local: boolean; enriched: boolean; customerId: CustomerId | null }): Promise<Pop> {
    const { country, timeZone } = options.place()
    const shown = await reader.pop({
      call, draft: from.draft, local: from.local, enriched: from.enriched, pickedCustomerId: from.customerId, country,
      context: { now: options.now(), timeZone },
    })
    // What was typed while the reader worked is newer than what it was given.
    const typed = desks.get(call.callId)?.draft
    const latest: Pop = typed ? { ...shown, desk: { ...shown.desk, draft: { ...typed, customerId: shown.desk.draft.customerId ?? typed.customerId } } } : shown
    store(latest.desk)
    options.publish(latest)
    return latest
  }

  async function first(call: AgentCall, local: boolean): Promise<void> {
    const { desk } = await pop(call, { draft: newDraft(call), local, enriched: false, customerId: null })
    if (desk.match.kind === 'none') options.onMissed(desk)
  }

  async function fold(call: AgentCall): Promise<void> {
    const known = desks.get(call.callId)
    if (!known) {
      // One that ended unanswered is over; one that was answered waits for its wrap-up, also if we come late.
      if (isOver(call) || done.has(call.callId)) return
      await first(call, false)
      return
    }
    if (known.call.phase === 'ended' || call.revision <= known.call.revision) return
    if (isOver(call) && !hasText(known.draft.content)) {
      // A colleague took it, or nobody did: nothing was written, so nothing stays.
      drop(call.callId)
      return
    }
    const handedOver = call.handedOver !== null && known.call.handedOver === null
    if (!sameParty(known.call.party, call.party) || handedOver) {
      await pop(call, { draft: known.draft, local: known.local, enriched: false, customerId: null })
      return
    }
    store({ ...known, call: { ...call, party: known.call.party } })
  }

  function drop(callId: CallId): void {
    desks.delete(callId)
    done.add(callId)
    inBackground(log, writer.removeDeskCall(callId), 'withdraw call')
    options.onChanged()
  }

  return {
    calls: () => [...desks.values()].toSorted((a, b) => a.call.offeredAt - b.call.offeredAt),
    find: (callId) => desks.get(callId) ?? null,
    take: (call) => inTurn(call.callId, () => fold(call)),
    takeLocal: (call) => inTurn(call.callId, () => first(call, true)),
    look: (callId, change = {}) =>
      inTurn(callId, async () => {
        const known = desks.get(callId)
        if (!known) return null
        return pop(known.call, {
          draft: known.draft, local: known.local, enriched: change.enriched ?? known.enriched,
          customerId: change.customerId === undefined ? pickedOf(known) : change.customerId,
        })
      }),
    noteDraft: (draft) => {
      const desk = draft.callId ? desks.get(draft.callId) : undefined
      if (!desk) return
      desks.set(desk.call.callId, { ...desk, draft })
      options.onChanged()
    },
    remove: (callId) => {
      desks.delete(callId)
      done.add(callId)
      options.onChanged()
    },
  }
}

/** Whom somebody said it is; what the match opened by itself is matched anew. */
const pickedOf = (desk: DeskCall): CustomerId | null =>
  desk.match.kind === 'one' && desk.match.customerId === desk.customerId ? null : desk.customerId

const isOver = (call: AgentCall) => call.phase === 'ended' && call.answeredAt === null

/** A withheld caller stays withheld here, however the provider writes that. */
const sameParty = (known: Party, said: Party) =>
  known.kind === 'withheld' ? said.kind === 'withheld' || (said.kind === 'number' && isWithheld(said.raw)) : JSON.stringify(known) === JSON.stringify(said)

const hasText = (content: DraftContent) => JSON.stringify(content) !== JSON.stringify(emptyDraft)

import { dialString } from '../../../domain/numbers/dial-string.ts'
import type { CallControl, CallEvent, Party } from '../../../protocol/calls.ts'
import { callRefused, ok, refuse, type Result } from '../../../protocol/errors.ts'
import type { CallId } from '../../../protocol/scalars.ts'
import type { PlannedCall } from '../call-plan.ts'
import type { Clock } from '../../clock.ts'
import { isTalking, type Leg, type LiveCall } from './live-call.ts'

export interface SwitchboardSettings {
  readonly provider: string
  /** Makes call ids unique over restarts. */
  readonly runId: string
  /** Which telephones of a queue ring: all free ones, or the one that has been ready the longest. */
  readonly distribution: 'ringAll' | 'longestIdle'
  readonly ringTimeoutMs: number
  /** With more than 1, an agent who talks can be offered another call when nobody is free. */
  readonly callsPerAgent: number
  /** How long a caller must have waited before an agent who talks is disturbed. */
  readonly secondCallAfterMs: number
  readonly knowsExtension: (extension: string) => boolean
}

export interface Switchboard {
  /** A caller calls in. */
  arrive(planned: PlannedCall): void
  control(extension: string, control: CallControl): Result<null>
  readyChanged(extensions: readonly string[], talking: readonly string[]): void
  waiting(): number
  hasReady(): boolean
  /** Reports the calls that are going on, for a listener that has just started. */
  resync(): void
  /** Drops all calls; nobody is ready any more. */
  clear(): void
}

const REMOTE_RINGS_AFTER_MS = 800
/** How long a caller whose transfer nobody took waits for any agent before they hang up. */
const LAST_PATIENCE_MS = 60_000
const REMOTE_ANSWERS_AFTER_MS = 4_000

type Extra = Partial<Pick<CallEvent, 'waitMs' | 'talkMs' | 'outcome' | 'transferredFrom' | 'synthetic'>>

/** A small telephone exchange: a queue, telephones that ring until an agent answers, hold, blind transfer, dialling. */
export function createSwitchboard(
  settings: SwitchboardSettings,
  clock: Clock,
  emit: (event: CallEvent) => void,
): Switchboard {
  const calls = new Map<CallId, LiveCall>()
  let ready: readonly string[] = []
  let mayTakeSecond: readonly string[] = []
  let sequence = 0
  let counter = 0

  const say = (type: CallEvent['type'], call: LiveCall, leg: Leg | null, extra: Extra = {}) => {
    emit({
      provider: settings.provider,
      seq: (sequence += 1),
      at: clock.now(),
      type,
      callId: call.callId,
      legId: leg?.legId ?? call.callId,
      extension: leg?.extension ?? null,
      direction: call.direction,
      from: call.from,
      to: call.to,
      forwardedBy: null,
      queue: call.queue,
      line: call.line,
      waitMs: waitedMs(call),
      talkMs: null,
      collected: call.collected,
      transferredFrom: call.transferredFrom,
      outcome: null,
      synthetic: false,
      ...extra,
    })
  }
  const waitedMs = (call: LiveCall) =>
    call.waitedMs + (call.waitingSince === null ? 0 : clock.now() - call.waitingSince)
  const legsAt = (extension: string) =>
    [...calls.values()].flatMap((call) =>
      call.legs.filter((leg) => leg.extension === extension).map((leg) => ({ call, leg })),
    )
  const talkMs = (call: LiveCall) => (call.answeredAt === null ? 0 : clock.now() - call.answeredAt)

  function ring(call: LiveCall, extension: string): void {
    const leg: Leg = {
      legId: `${call.callId}-${(counter += 1)}`,
      extension,
      phase: 'ringing',
      stopRinging: () => undefined,
    }
    leg.stopRinging = clock.after(settings.ringTimeoutMs, () => {
      notTaken(call, leg, 'no-answer')
    })
    call.legs.push(leg)
    say('ringing', call, leg)
  }

  /**
   * A telephone that does not take a call is not rung again for it. A transfer goes back to the telephone that made it;
   * any other call goes to a free one.
   */
  function notTaken(call: LiveCall, leg: Leg, outcome: 'no-answer' | 'rejected'): void {
    call.tried.add(leg.extension)
    const { returnsTo } = call
    call.returnsTo = null
    endLeg(call, leg, outcome)
    if (returnsTo !== null && legsAt(returnsTo).length < settings.callsPerAgent) {
      ring(call, returnsTo)
      return
    }
    call.queued = true
    if (call.answeredAt !== null) {
      call.stopPatience()
      call.stopPatience = clock.after(LAST_PATIENCE_MS, () => {
        endCall(call, 'missed')
      })
    }
    distribute()
  }

  function endLeg(call: LiveCall, leg: Leg, outcome: CallEvent['outcome']): void {
    leg.stopRinging()
    call.legs = call.legs.filter((other) => other !== leg)
    say('ended', call, leg, { outcome, talkMs: isTalking(leg) ? talkMs(call) : 0 })
  }

  function endCall(call: LiveCall, outcome: CallEvent['outcome']): void {
    call.stopPatience()
    call.stopService()
    // Take the call out of the queue first: an agent may be ready as soon as a leg ends, and a call that is over must
    // not ring elsewhere.
    call.queued = false
    for (const leg of call.legs) endLeg(call, leg, isTalking(leg) || leg.phase === 'dialing' ? outcome : 'missed')
    calls.delete(call.callId)
    say('ended', call, null, { outcome, talkMs: talkMs(call) })
    distribute()
  }

  function distribute(): void {
    for (const call of [...calls.values()].filter((waiting) => waiting.queued && !waiting.legs.some(isTalking))) {
      const free = ready.filter((extension) => !call.tried.has(extension) && legsAt(extension).length === 0)
      if (settings.distribution === 'ringAll') {
        for (const extension of free) ring(call, extension)
      } else if (call.legs.length === 0 && free[0] !== undefined) {
        ring(call, free[0])
      }
      if (call.legs.length === 0) offerAsSecond(call)
    }
  }

  /**
   * Nobody is free. An agent who talks may be offered the call, where that is allowed and the caller has waited long
   * enough.
   */
  function offerAsSecond(call: LiveCall): void {
    if (settings.callsPerAgent < 2 || clock.now() - call.arrivedAt < settings.secondCallAfterMs) return
    for (const extension of mayTakeSecond) {
      const theirs = legsAt(extension)
      if (
        call.tried.has(extension) ||
        theirs.length >= settings.callsPerAgent ||
        theirs.some(({ leg }) => !isTalking(leg))
      )
        continue
      ring(call, extension)
      return
    }
  }

  function answer(call: LiveCall, leg: Leg): void {
    leg.stopRinging()
    holdOthers(leg)
    leg.phase = 'talking'
    call.queued = false
    call.stopPatience()
    const first = call.answeredAt === null
    call.answeredAt ??= clock.now()
    call.waitedMs = waitedMs(call)
    call.waitingSince = null
    call.returnsTo = null
    say('answered', call, leg)
    for (const other of call.legs.filter((ringing) => ringing !== leg)) endLeg(call, other, 'answered-elsewhere')
    if (first && call.serviceMs !== null)
      call.stopService = clock.after(call.serviceMs, () => {
        endCall(call, 'completed')
      })
  }

  /** A telephone can talk on one call at a time. */
  function holdOthers(leg: Leg): void {
    for (const { call, leg: other } of legsAt(leg.extension)) {
      if (other === leg || other.phase !== 'talking') continue
      other.phase = 'held'
      say('held', call, other)
    }
  }

  function transfer(call: LiveCall, leg: Leg, toExtension: string): Result<null> {
    if (!settings.knowsExtension(toExtension) || toExtension === leg.extension)
      return callRefused('noExtension', { extension: toExtension })
    if (legsAt(toExtension).length >= settings.callsPerAgent)
      return callRefused('extensionBusy', { extension: toExtension })
    call.transferredFrom = leg.extension
    call.returnsTo = leg.extension
    call.waitingSince = clock.now()
    say('transferred', call, leg)
    endLeg(call, leg, 'transferred')
    ring(call, toExtension)
    distribute()
    return ok(null)
  }

  function dial(extension: string, written: string): Result<null> {
    const number = dialString(written, null)
    if (!number.ok) return number
    if (legsAt(extension).some(({ leg }) => leg.phase !== 'held')) return callRefused('anotherCall')
    const call = newCall({
      direction: 'out',
      from: { kind: 'internal', extension, name: null },
      to: { kind: 'number', raw: number.value, name: null },
      line: null,
      queue: null,
      collected: null,
      serviceMs: null,
    })
    const leg: Leg = {
      legId: `${call.callId}-${(counter += 1)}`,
      extension,
      phase: 'dialing',
      stopRinging: () => undefined,
    }
    call.legs.push(leg)
    say('dialing', call, leg)
    const rings = clock.after(REMOTE_RINGS_AFTER_MS, () => {
      say('remote-ringing', call, leg)
    })
    const answers = clock.after(REMOTE_ANSWERS_AFTER_MS, () => {
      answer(call, leg)
    })
    leg.stopRinging = () => {
      rings()
      answers()
    }
    return ok(null)
  }

  function newCall(
    from: Pick<LiveCall, 'direction' | 'from' | 'to' | 'line' | 'queue' | 'collected' | 'serviceMs'>,
  ): LiveCall {
    const callId = `${settings.provider}-${settings.runId}-${(counter += 1)}` as CallId
    const call: LiveCall = {
      ...from,
      callId,
      arrivedAt: clock.now(),
      answeredAt: null,
      waitingSince: from.direction === 'in' ? clock.now() : null,
      waitedMs: 0,
      tried: new Set(),
      queued: false,
      transferredFrom: null,
      returnsTo: null,
      legs: [],
      stopPatience: () => undefined,
      stopService: () => undefined,
    }
    calls.set(callId, call)
    return call
  }

  return {
    arrive: (planned) => {
      const to: Party | null = planned.line === null ? null : { kind: 'number', raw: planned.line, name: null }
      const call = newCall({
        direction: 'in',
        from: planned.from,
        to,
        line: planned.line,
        queue: planned.queue,
        collected: planned.collected,
        serviceMs: planned.serviceMs,
      })
      call.queued = true
      say('offered', call, null)
      call.stopPatience = clock.after(planned.patienceMs, () => {
        endCall(call, 'missed')
      })
      distribute()
      if (settings.callsPerAgent > 1) clock.after(settings.secondCallAfterMs, distribute)
    },
    control: (extension, control) => {
      if (control.action === 'dial') return dial(extension, control.number)
      const call = calls.get(control.callId)
      const leg = call?.legs.find((one) => one.extension === extension)
      if (!call || !leg) return refuse('CALL_UNKNOWN')
      switch (control.action) {
        case 'answer':
          if (leg.phase !== 'ringing') return callRefused('notRinging')
          answer(call, leg)
          return ok(null)
        case 'hold':
          if (leg.phase !== 'talking') return callRefused('nobodyTalking')
          leg.phase = 'held'
          say('held', call, leg)
          return ok(null)
        case 'resume':
          if (leg.phase !== 'held') return callRefused('notOnHold')
          holdOthers(leg)
          leg.phase = 'talking'
          say('resumed', call, leg)
          return ok(null)
        case 'transfer':
          return isTalking(leg) ? transfer(call, leg, control.toExtension) : callRefused('neverAnswered')
        case 'hangup':
          if (leg.phase !== 'ringing') {
            endCall(call, leg.phase === 'dialing' ? 'failed' : 'completed')
            return ok(null)
          }
          notTaken(call, leg, 'rejected')
          return ok(null)
        default:
          return control satisfies never
      }
    },
    readyChanged: (extensions, talking) => {
      ready = extensions
      mayTakeSecond = talking
      distribute()
    },
    waiting: () => [...calls.values()].filter((call) => call.direction === 'in' && call.answeredAt === null).length,
    hasReady: () => ready.length > 0,
    resync: () => {
      for (const call of calls.values()) {
        for (const leg of call.legs)
          say(leg.phase === 'talking' ? 'answered' : leg.phase === 'held' ? 'held' : leg.phase, call, leg, {
            synthetic: true,
          })
      }
    },
    clear: () => {
      for (const call of calls.values()) {
        call.stopPatience()
        call.stopService()
        for (const leg of call.legs) leg.stopRinging()
      }
      calls.clear()
      ready = []
      mayTakeSecond = []
    },
  }
}

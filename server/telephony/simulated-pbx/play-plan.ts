import type { CallPlan, PlannedCall } from '../call-plan.ts'
import type { Clock } from '../../clock.ts'

export interface PlanPlayer {
  /** Begins, or continues after a pause or a stop. */
  wake(): void
  stop(): void
}

export interface PlanPlayerOptions {
  readonly plan: CallPlan
  readonly clock: Clock
  readonly arrive: (call: PlannedCall) => void
  /** Whether a further caller may call now. It keeps an empty office from filling up with callers. */
  readonly mayArrive: () => boolean
  /** When the first call arrives. It does not wait for the first gap of the plan. */
  readonly firstAfterMs: number
}

/** Lets the planned calls arrive one after another, each at its time after the one before it. */
export function playPlan({ plan, clock, arrive, mayArrive, firstAfterMs }: PlanPlayerOptions): PlanPlayer {
  const calls = iterate(plan)
  let state: 'asleep' | 'timing' | 'held' | 'over' = 'asleep'
  /** The next call, also if a stop kept it from arriving. */
  let next: Promise<IteratorResult<PlannedCall>> | null = null
  let held: PlannedCall | null = null
  let cancel = () => undefined as void
  let first = true
  let stops = 0

  const schedule = async (): Promise<void> => {
    state = 'timing'
    const before = stops
    next ??= calls.next()
    const { done, value } = await next
    if (before !== stops) return
    if (done) {
      state = 'over'
      return
    }
    cancel = clock.after(first ? firstAfterMs : value.afterMs, () => {
      due(value)
    })
    first = false
  }
  const due = (call: PlannedCall) => {
    if (!mayArrive()) {
      held = call
      state = 'held'
      return
    }
    next = null
    arrive(call)
    void schedule()
  }
  return {
    wake: () => {
      if (state === 'asleep') void schedule()
      if (state !== 'held' || held === null || !mayArrive()) return
      const call = held
      held = null
      due(call)
    },
    stop: () => {
      stops += 1
      held = null
      if (state !== 'over') state = 'asleep'
      cancel()
    },
  }
}

async function* iterate(plan: CallPlan): AsyncGenerator<PlannedCall> {
  yield* plan
}

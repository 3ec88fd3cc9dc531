import type { CallPlan, PlannedCall } from '../call-plan.ts'
import type { Clock } from '../../clock.ts'

export interface PlanPlayer {
  /** Begins, or goes on after a pause or a stop. */
  wake(): void
  stop(): void
}

export interface PlanPlayerOptions {
  readonly plan: CallPlan
  readonly clock: Clock
  readonly arrive: (call: PlannedCall) => void
  /** While this holds nobody further calls: an empty office must not fill up with callers. */
  readonly mayArrive: () => boolean
  /** The first caller does not wait for the plan's first gap. */
  readonly firstAfterMs: number
}

/** Lets the planned calls arrive one after the other, each at its distance from the one before it. */
export function playPlan({ plan, clock, arrive, mayArrive, firstAfterMs }: PlanPlayerOptions): PlanPlayer {
  const calls = iterate(plan)
  let state: 'asleep' | 'timing' | 'held' | 'over' = 'asleep'
  /** The next call, also one that a stop kept from arriving. */
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
    if (done) { state = 'over'; return }
    cancel = clock.after(first ? firstAfterMs : value.afterMs, () => { due(value) })
    first = false
  }
  const due = (call: PlannedCall) => {
    if (!mayArrive()) { held = call; state = 'held'; return }
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

import type { CallEvent } from '../../../protocol/calls.ts'
import type { CallId } from '../../../protocol/scalars.ts'
import type { CallPlan } from '../call-plan.ts'
import type { Clock } from '../../clock.ts'
import type { Connector } from '../connector.ts'
import { playPlan } from './play-plan.ts'
import { createSwitchboard, type SwitchboardSettings } from './switchboard.ts'

export interface SimulatedPbxOptions extends Partial<
  Pick<SwitchboardSettings, 'distribution' | 'ringTimeoutMs' | 'callsPerAgent' | 'secondCallAfterMs'>
> {
  readonly plan: CallPlan
  readonly clock: Clock
  readonly runId: string
  readonly knowsExtension: (extension: string) => boolean
  /** How many callers may wait; while so many wait, nobody else calls. */
  readonly waitingAtMost?: number
  readonly firstAfterMs?: number
}

/**
 * A telephone system that exists only in this program, behind the same interface as every real one. It never answers a
 * call itself.
 */
export function createSimulatedPbx(options: SimulatedPbxOptions): Connector {
  const { clock } = options
  const provider = 'simulated'
  let listener: (event: CallEvent) => void = () => undefined
  let announced = 0

  const switchboard = createSwitchboard(
    {
      provider,
      runId: options.runId,
      distribution: options.distribution ?? 'longestIdle',
      ringTimeoutMs: options.ringTimeoutMs ?? 30_000,
      callsPerAgent: options.callsPerAgent ?? 2,
      secondCallAfterMs: options.secondCallAfterMs ?? 25_000,
      knowsExtension: options.knowsExtension,
    },
    clock,
    (event) => {
      listener(event)
    },
  )

  const player = playPlan({
    plan: options.plan,
    clock,
    firstAfterMs: options.firstAfterMs ?? 2_000,
    arrive: (call) => {
      switchboard.arrive(call)
    },
    mayArrive: () =>
      switchboard.waiting() < (options.waitingAtMost ?? 3) && (switchboard.hasReady() || switchboard.waiting() === 0),
  })
  let isStarted = false

  const announce = (type: 'provider-up' | 'provider-down') => {
    listener({
      provider,
      seq: 0,
      at: clock.now(),
      type,
      callId: `${provider}-${options.runId}-${type}-${(announced += 1)}` as CallId,
      legId: provider,
      extension: null,
      direction: 'internal',
      from: null,
      to: null,
      forwardedBy: null,
      queue: null,
      line: null,
      waitMs: null,
      talkMs: null,
      collected: null,
      transferredFrom: null,
      outcome: null,
      synthetic: false,
    })
  }

  return {
    provider,
    start: async (heard) => {
      listener = heard
      announce('provider-up')
      switchboard.resync()
      isStarted = true
      if (switchboard.hasReady()) player.wake()
    },
    stop: async () => {
      isStarted = false
      player.stop()
      switchboard.clear()
      announce('provider-down')
      listener = () => undefined
    },
    control: async (extension, control) => switchboard.control(extension, control),
    readyChanged: (extensions, talking) => {
      switchboard.readyChanged(extensions, talking)
      if (isStarted && extensions.length > 0) player.wake()
    },
  }
}

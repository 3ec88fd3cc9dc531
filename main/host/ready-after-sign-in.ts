import type { Workstation } from '../workstation.ts'

/**
 * For workstations that take calls from the moment they are on (a reception, a demo): makes the agent ready after the
 * sign-in's initial not-ready state, and at the start also after a not-ready state that a missed call caused while it
 * was off. It never changes a state that a person chose. Returns a function that stops it.
 */
export function readyAfterSignIn(core: Pick<Workstation, 'live' | 'queries' | 'actions'>): () => void {
  let first = true
  return core.live.watch(
    ['agent'],
    async () => ({ ok: true, value: await core.queries['agent.state']({}) }),
    (result) => {
      const state = result.ok ? (result.value as { state: string; reason: string | null } | null) : null
      if (!state) return
      const leaves =
        state.state === 'NOT_READY' && (state.reason === 'signedIn' || (first && state.reason === 'missedCall'))
      first = false
      if (!leaves) return
      // The server refuses this only when it is gone again; the next state that it sends brings us back here.
      core.actions['agent.setState']({ state: 'READY', reason: null }).catch(() => undefined)
    },
  )
}

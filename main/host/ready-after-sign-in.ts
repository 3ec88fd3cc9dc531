import type { Workstation } from '../workstation.ts'

/**
 * For desks that take calls from the moment they are on (a reception, a demo): leaves the pause that a sign-in begins
 * with, and at its start one from a call that was missed while it was off; never one that a person chose. Returns how to stop.
 */
export function readyAfterSignIn(core: Pick<Workstation, 'live' | 'queries' | 'actions'>): () => void {
  let first = true
  return core.live.watch(['agent'], async () => ({ ok: true, value: await core.queries['agent.state']({}) }), (result) => {
    const state = result.ok ? (result.value as { state: string; reason: string | null } | null) : null
    if (!state) return
    const leaves = state.state === 'NOT_READY' && (state.reason === 'signedIn' || (first && state.reason === 'missedCall'))
    first = false
    if (!leaves) return
    // Refused only when the center is gone again; its next word on the state brings us back here.
    core.actions['agent.setState']({ state: 'READY', reason: null }).catch(() => undefined)
  })
}

import { useCallback, useEffect, useReducer, useRef, type Dispatch } from 'react'
import { flushSync } from 'react-dom'
import type { CallId } from '../../protocol/scalars.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import { useBridge } from '../bridge/bridge-context.ts'
import { useWords } from '../i18n/use-words.ts'
import { shortName } from '../parts/record/customer-name.ts'
import { callSpokenOn, isOnCall, isTaken } from './on-call.ts'
import { focusedText, popMayOpen } from './pop-manners.ts'
import { useDeskCalls, useStores } from './stores.ts'
import { emptyWorkspace, nextWorkspace, type CallOfCustomer, type Workspace, type WorkspaceEvent } from './workspace.ts'

/** Long enough for a core that is just starting. */
const RESTORED_WITHIN_MS = 15_000

/** The workspace of this window; calls that come and go change it, and so does the agent. */
export function useWorkspace(userId: string): [Workspace, Dispatch<WorkspaceEvent>] {
  const { desk, openTabs } = useStores()
  const calls = useDeskCalls()
  const [workspace, change] = useReducer(nextWorkspace, emptyWorkspace, (empty) => {
    const shown = openTabs.readShown(userId)
    return shown ? { ...empty, place: shown.place, wanted: shown.tab } : empty
  })
  const dispatch = useCallback((event: WorkspaceEvent) => change(toCallOf(desk.calls(), event)), [desk])
  const lastStroke = useRef(0)
  // As text, so that an equal list does not count as a new one.
  const known = JSON.stringify({
    callIds: calls.map((d) => d.call.callId),
    onCall: callSpokenOn(calls)?.call.callId ?? null,
    taken: takenBy(calls),
  })

  useEffect(() => {
    const onKey = (): void => {
      lastStroke.current = Date.now()
    }
    document.addEventListener('keydown', onKey, { capture: true })
    return () => document.removeEventListener('keydown', onKey, { capture: true })
  }, [])
  useEffect(
    () =>
      desk.onPop(({ desk: popped }) => {
        const { callId } = popped.call
        const mayOpen = popMayOpen({
          fieldText: focusedText(document.activeElement),
          msSinceStroke: Date.now() - lastStroke.current,
          dialogOpen: document.querySelector('[role=dialog], [role=menu]') !== null,
          onACall: desk.calls().some((other) => other.call.callId !== callId && isOnCall(other)),
        })
        // In the same render as the call itself: the tab and its record are painted together.
        flushSync(() => dispatch({ kind: 'callCame', callId, mayOpen }))
      }),
    [desk, dispatch],
  )
  useEffect(() => {
    dispatch({
      kind: 'calls',
      ...(JSON.parse(known) as { callIds: CallId[]; onCall: CallId | null; taken: CallOfCustomer[] }),
    })
  }, [known, dispatch])
  useRestoredTabs(userId, dispatch)
  const { customers, active, place, wanted } = workspace
  const touched = useRef(false)
  useEffect(() => {
    // The first, empty workspace must not overwrite the tabs that are about to be restored.
    if (touched.current || customers.length > 0)
      openTabs.write(
        userId,
        customers.map((c) => c.customerId),
      )
    touched.current ||= customers.length > 0
  }, [openTabs, userId, customers])
  useEffect(() => {
    // Keep the stored tab until it is shown again.
    if (active !== null || wanted === null) openTabs.writeShown(userId, { place, tab: active })
  }, [openTabs, userId, place, active, wanted])
  return [workspace, dispatch]
}

const takenBy = (calls: readonly DeskCall[]): CallOfCustomer[] =>
  calls.flatMap((desk) =>
    desk.customerId !== null && isTaken(desk) ? [{ callId: desk.call.callId, customerId: desk.customerId }] : [],
  )

/**
 * A customer who is in a call, or in a call that is not wrapped up, opens in the call's tab: they have no second tab.
 */
function toCallOf(calls: readonly DeskCall[], event: WorkspaceEvent): WorkspaceEvent {
  if (event.kind !== 'openCustomer' && event.kind !== 'restored') return event
  const theirs = calls.filter(({ customerId }) => customerId === event.customer.customerId)
  const call = theirs.find(isOnCall) ?? theirs.find(({ call: { phase } }) => phase === 'ringing') ?? theirs[0]
  if (!call || (event.kind === 'restored' && !isTaken(call))) return event
  return event.kind === 'openCustomer'
    ? { kind: 'show', tab: { kind: 'call', callId: call.call.callId } }
    : { kind: 'done', customer: event.customer }
}

/** Opens the tabs of this user's last run again; each gets its name from its customer's record. */
function useRestoredTabs(userId: string, dispatch: Dispatch<WorkspaceEvent>): void {
  const bridge = useBridge()
  const { openTabs } = useStores()
  const words = useWords()
  const language = useRef(words.language)
  const newCustomer = useRef(words.say('call/capture/newCustomer'))
  useEffect(() => {
    const stops = openTabs.read(userId).map((customerId) => {
      const stop = bridge.watch('customer.record', { customerId }, (result) => {
        if (!result.ok || !result.value) return
        dispatch({
          kind: 'restored',
          customer: {
            customerId,
            name: shortName(result.value.customer, language.current),
            names: result.value.customer,
          },
        })
        // Only once: a tab that is then closed stays closed.
        queueMicrotask(() => stop())
      })
      return stop
    })
    // A new customer whose form was only half filled in has no record yet, only a draft.
    const open = openTabs.read(userId)
    stops.push(
      bridge.watch('drafts.open', {}, (result) => {
        for (const { draft, customer } of result.ok ? result.value : []) {
          const { customerId, content } = draft
          if (customer || customerId === null || !open.includes(customerId) || !content.capture) continue
          dispatch({
            kind: 'restored',
            customer: { customerId, name: content.capture.name.trim() || newCustomer.current },
          })
        }
      }),
    )
    const timer = setTimeout(() => {
      for (const stop of stops) stop()
    }, RESTORED_WITHIN_MS)
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [bridge, openTabs, userId, dispatch])
}

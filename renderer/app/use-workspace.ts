import { useEffect, useReducer, useRef, type Dispatch } from 'react'
import type { CallId } from '../../protocol/scalars.ts'
import { focusedText, popMayOpen } from './pop-manners.ts'
import { useDeskCalls, useStores } from './stores.ts'
import { emptyWorkspace, nextWorkspace, type Workspace, type WorkspaceEvent } from './workspace.ts'

/** The workspace of this window, moved by the calls that come and go and by the agent. */
export function useWorkspace(): [Workspace, Dispatch<WorkspaceEvent>] {
  const { desk } = useStores()
  const calls = useDeskCalls()
  const [workspace, dispatch] = useReducer(nextWorkspace, emptyWorkspace)
  const lastStroke = useRef(0)
  // As text, so that an equal list is no new one.
  const known = JSON.stringify(calls.map((d) => d.call.callId))

  useEffect(() => {
    const onKey = (): void => {
      lastStroke.current = Date.now()
    }
    document.addEventListener('keydown', onKey, { capture: true })
    return () => document.removeEventListener('keydown', onKey, { capture: true })
  }, [])
  useEffect(
    () => desk.onPop(({ desk: popped }) => {
      const { callId } = popped.call
      const mayOpen = popMayOpen({
        fieldText: focusedText(document.activeElement),
        msSinceStroke: Date.now() - lastStroke.current,
        dialogOpen: document.querySelector('[role=dialog], [role=menu]') !== null,
        onACall: desk.calls().some(({ call }) => call.callId !== callId && (call.phase === 'talking' || call.phase === 'held' || call.phase === 'dialing')),
      })
      dispatch({ kind: 'callCame', callId, mayOpen })
    }),
    [desk],
  )
  useEffect(() => {
    dispatch({ kind: 'calls', callIds: JSON.parse(known) as CallId[] })
  }, [known])
  return [workspace, dispatch]
}

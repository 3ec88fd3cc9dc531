import { useEffect, useReducer, useRef, type Dispatch } from 'react'
import { focusedText, popMayOpen } from './pop-manners.ts'
import { useDeskCalls, useStores } from './stores.ts'
import { emptyWorkspace, nextWorkspace, type Workspace, type WorkspaceEvent } from './workspace.ts'

/** The workspace of this window, moved by the calls that come and go and by the agent. */
export function useWorkspace(): [Workspace, Dispatch<WorkspaceEvent>] {
  const { desk } = useStores()
  const calls = useDeskCalls()
  const [workspace, dispatch] = useReducer(nextWorkspace, emptyWorkspace)
  const lastStroke = useRef(0)
  const callIds = calls.map((d) => d.call.callId)
  const known = callIds.join(' ')

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
    dispatch({ kind: 'calls', callIds })
    // The list is compared by what is in it.
  }, [known])
  return [workspace, dispatch]
}

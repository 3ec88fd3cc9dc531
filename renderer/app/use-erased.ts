import { useEffect, type Dispatch } from 'react'
import { useBridge } from '../bridge/bridge-context.ts'
import { useWords } from '../i18n/use-words.ts'
import { useTell } from '../parts/notice/notice-context.ts'
import { useStores } from './stores.ts'
import type { Workspace, WorkspaceEvent } from './workspace.ts'

/**
 * Closes the tabs of a customer who was erased, forgets what was typed about them, and tells the agent where such a tab
 * was open.
 */
export function useErased({ customers }: Workspace, dispatch: Dispatch<WorkspaceEvent>): void {
  const bridge = useBridge()
  const tell = useTell()
  const { refusal } = useWords()
  const { desk, drafts, left, places } = useStores()
  useEffect(
    () =>
      bridge.on('erased', ({ customerId }) => {
        const calls = desk
          .calls()
          .filter(({ customerId: whose, call }) => whose === customerId || call.handedOver?.customerId === customerId)
        for (const key of [`customer:${customerId}`, ...calls.map(({ draft }) => draft.key)]) {
          drafts.forget(key)
          places.forget(key)
        }
        for (const key of left.keys()) if (key.includes(customerId)) left.delete(key)
        dispatch({ kind: 'erased', customerId })
        if (calls.length > 0 || customers.some((opened) => opened.customerId === customerId))
          tell(refusal({ code: 'CUSTOMER_ERASED', params: {} }), 'done')
      }),
    [bridge, desk, drafts, left, places, dispatch, customers, tell, refusal],
  )
}

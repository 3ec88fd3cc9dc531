import type { TabId, Workspace } from '../../app/workspace.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'

/** The tabs in the order in which Alt+1 to 9 count them: calls, then customers. */
export function tabsOf(calls: readonly DeskCall[], workspace: Workspace): readonly TabId[] {
  return [
    ...calls.map((desk) => ({ kind: 'call' as const, callId: desk.call.callId })),
    ...workspace.customers.map(({ customerId }) => ({ kind: 'customer' as const, customerId })),
  ]
}

import { styled } from '@mui/material/styles'
import { useCallback, type Dispatch } from 'react'
import { tabKey, type OpenedCustomer, type Workspace, type WorkspaceEvent } from '../../app/workspace.ts'
import { narrowWindow, wideWindow } from '../../app/window-sizes.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { FailureFence } from '../../app/FailureFence.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { CallWork } from './CallWork.tsx'
import { CustomerWork } from './CustomerWork.tsx'
import { NothingOpen } from './NothingOpen.tsx'
import { TabColumn } from './TabColumn.tsx'

const Frame = styled('div')({
  display: 'grid',
  gridTemplateColumns: '136px minmax(0, 1fr)',
  gridTemplateRows: 'minmax(0, 1fr)',
  height: '100%',
  minHeight: 0,
  [narrowWindow]: { gridTemplateColumns: '104px minmax(0, 1fr)' },
  [wideWindow]: { gridTemplateColumns: '184px minmax(0, 1fr)' },
})

/** The calls place: on the left a tab for each call and each opened customer, beside it the open one. */
export function CallsScreen({
  calls,
  workspace,
  dispatch,
}: {
  calls: readonly DeskCall[]
  workspace: Workspace
  dispatch: Dispatch<WorkspaceEvent>
}) {
  const { say } = useWords()
  const { active } = workspace
  const desk = active?.kind === 'call' ? calls.find((d) => d.call.callId === active.callId) : undefined
  const done = useCallback((customer: OpenedCustomer) => dispatch({ kind: 'done', customer }), [dispatch])
  const doneWithTab = useCallback(
    (customer: OpenedCustomer | null) => {
      if (customer) done(customer)
      if (active) dispatch({ kind: 'close', tab: active })
    },
    [done, dispatch, active],
  )
  return (
    <Frame>
      <FailureFence part="tabs" name={say('call/tabs')} of={calls}>
        <TabColumn
          calls={calls}
          workspace={workspace}
          onShow={(tab) => dispatch({ kind: 'show', tab })}
          onClose={(tab) => dispatch({ kind: 'close', tab })}
        />
      </FailureFence>
      <FailureFence key={active === null ? 'none' : tabKey(active)} part="tab" name={say('shell/failed/tab')}>
        {desk && <CallWork key={tabKey(active)} desk={desk} onDone={done} />}
        {active?.kind === 'customer' && (
          <CustomerWork key={tabKey(active)} customerId={active.customerId} onDone={doneWithTab} />
        )}
        {!desk && active?.kind !== 'customer' && (
          <NothingOpen recent={workspace.recent} onOpen={(customer) => dispatch({ kind: 'openCustomer', customer })} />
        )}
      </FailureFence>
    </Frame>
  )
}

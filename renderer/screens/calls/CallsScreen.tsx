import { styled } from '@mui/material/styles'
import { tabKey, type TabId, type Workspace } from '../../app/workspace.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { CallWork } from './CallWork.tsx'
import { CustomerWork } from './CustomerWork.tsx'
import { TabColumn } from './TabColumn.tsx'

const Frame = styled('div')(({ theme }) => ({
  display: 'grid', gridTemplateColumns: '136px minmax(0, 1fr)', height: '100%', minHeight: 0,
  '& .empty': { padding: 32, color: theme.vars.palette.text.secondary, '& h1': { fontSize: 18, margin: '0 0 8px', color: theme.vars.palette.text.primary } },
}))

/** The work: a tab per call and per opened customer on the left, the open one beside it. */
export function CallsScreen({ calls, workspace, onShow, onClose }: {
  calls: readonly DeskCall[]
  workspace: Workspace
  onShow: (tab: TabId) => void
  onClose: (tab: TabId) => void
}) {
  const { say } = useWords()
  const { active } = workspace
  const desk = active?.kind === 'call' ? calls.find((d) => d.call.callId === active.callId) : undefined
  return (
    <Frame>
      <TabColumn calls={calls} workspace={workspace} onShow={onShow} onClose={onClose} />
      {desk && <CallWork key={tabKey(active)} desk={desk} />}
      {active?.kind === 'customer' && <CustomerWork key={tabKey(active)} customerId={active.customerId} onDone={() => onClose(active)} />}
      {!desk && active?.kind !== 'customer' && (
        <div className="empty"><h1>{say('call/empty/title')}</h1><p>{say('call/empty/text')}</p></div>
      )}
    </Frame>
  )
}

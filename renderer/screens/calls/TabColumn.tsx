import IconButton from '@mui/material/IconButton'
import { styled } from '@mui/material/styles'
import { keys, tabKeys } from '../../app/keys.ts'
import { nameIn, sameTab, tabKey, type TabId, type Workspace } from '../../app/workspace.ts'
import { useStores } from '../../app/stores.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { callerWords } from '../../parts/caller/caller-words.ts'
import { usePhaseWords } from '../../parts/call-strip/phase-words.ts'
import { Icon } from '../../parts/icon/Icon.tsx'
import { Cap } from '../../parts/key/Key.tsx'
import { tabsOf } from './tabs-of.ts'

const Column = styled('div')(({ theme }) => ({
  borderRight: `1px solid ${theme.vars.palette.divider}`,
  overflowY: 'auto',
  overflowX: 'hidden',
  minWidth: 0,
  backgroundColor: theme.vars.palette.background.default,
  '& .tab': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'start',
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
    borderLeft: '3px solid transparent',
  },
  '& .tab.active': {
    backgroundColor: theme.vars.palette.background.paper,
    borderLeftColor: theme.vars.palette.primary.main,
  },
  '& .tab.waiting': {
    borderLeftColor: theme.vars.palette.success.main,
    backgroundColor: theme.vars.palette.success.light,
  },
  '& [role=tab]': {
    font: 'inherit',
    color: 'inherit',
    background: 'none',
    border: 0,
    textAlign: 'left',
    padding: '6px 4px 6px 8px',
    cursor: 'pointer',
    minWidth: 0,
    gridColumn: '1 / 3',
    width: '100%',
  },
  '& .closable [role=tab]': { gridColumn: 1 },
  '& .tab.held': { borderLeftColor: theme.vars.palette.info.main, '& .state': { color: theme.vars.palette.info.main } },
  '& .name': { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', fontWeight: 600 },
  '& .state': {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: 4,
    justifyContent: 'space-between',
    alignItems: 'start',
    fontSize: 12,
    lineHeight: '16px',
    color: theme.vars.palette.text.secondary,
  },
}))

/** The open tabs; a waiting call is marked, and a screen reader hears of it. */
export function TabColumn({
  calls,
  workspace,
  onShow,
  onClose,
}: {
  calls: readonly DeskCall[]
  workspace: Workspace
  onShow: (tab: TabId) => void
  onClose: (tab: TabId) => void
}) {
  const words = useWords()
  const { say } = words
  const { desk: store } = useStores()
  const phaseWords = usePhaseWords()
  const describe = (tab: TabId): { name: string; state: string; waiting: boolean; held?: boolean } => {
    const opened =
      tab.kind === 'customer' ? workspace.customers.find((c) => c.customerId === tab.customerId) : undefined
    if (tab.kind === 'customer')
      return {
        name: opened ? nameIn(opened, words.language) : '',
        state: say('record/column/customer'),
        waiting: false,
      }
    const desk = calls.find((d) => d.call.callId === tab.callId)
    if (!desk) return { name: '', state: '', waiting: false }
    const seed = desk.customerId === null ? undefined : store.seedOf(desk.customerId)
    const waiting = workspace.waiting.includes(tab.callId)
    const missed = desk.call.phase === 'ended' && desk.call.answeredAt === null && desk.call.direction === 'in'
    const phase = missed
      ? say('call/missed')
      : (desk.call.phase === 'ended' ? '' : phaseWords.back(desk.call)) || phaseWords.phase(desk.call)
    return {
      name: callerWords(desk, words, seed?.customer).name,
      state: waiting ? `${phase} · ${say('call/tabWaiting')}` : phase,
      waiting,
      held: desk.call.phase === 'held',
    }
  }
  return (
    <Column role="tablist" aria-orientation="vertical" aria-label={say('call/tabs')}>
      {tabsOf(calls, workspace).map((tab, n) => {
        const { name, state, waiting, held } = describe(tab)
        const active = sameTab(workspace.active, tab)
        const keyName = tabKeys[n]
        return (
          <div
            key={tabKey(tab)}
            role="presentation"
            className={`tab ${active ? 'active' : ''} ${waiting ? 'waiting' : ''} ${held ? 'held' : ''} ${tab.kind === 'customer' ? 'closable' : ''}`}
          >
            <button type="button" role="tab" aria-selected={active} onClick={() => onShow(tab)} title={name}>
              <span className="name">{name}</span>
              <span className="state">
                <span>{state}</span>
                {keyName && <Cap>{keys[keyName]}</Cap>}
              </span>
            </button>
            {tab.kind === 'customer' && (
              <IconButton
                size="small"
                aria-label={say('call/closeTab', { name })}
                onClick={() => onClose(tab)}
                sx={{ p: 0.5, m: 0.5 }}
              >
                <Icon name="close" size={12} />
              </IconButton>
            )}
          </div>
        )
      })}
    </Column>
  )
}

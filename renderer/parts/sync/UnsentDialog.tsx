import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useWatch } from '../../bridge/use-watch.ts'
import type { SyncState } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { NamedDialog } from '../dialog/NamedDialog.tsx'
import { Quiet } from '../list-table/ListTable.tsx'
import { useAct } from '../notice/use-act.ts'
import { syncWords } from './sync-words.ts'
import { UnsentRow } from './UnsentRow.tsx'

const Items = styled('ol')(({ theme }) => ({
  listStyle: 'none',
  margin: '8px 0',
  padding: 0,
  overflowY: 'auto',
  '& li': {
    display: 'grid',
    gridTemplateColumns: '1fr auto',
    columnGap: 12,
    padding: '6px 0',
    borderTop: `1px solid ${theme.vars.palette.divider}`,
  },
  '& .quiet': { color: theme.vars.palette.text.secondary },
  '& p': { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
}))

/** Lists what the server does not have yet, as it was written. Only the user can drop an entry, and is asked twice. */
export function UnsentDialog({ sync, onClose }: { sync: SyncState; onClose: () => void }) {
  const words = useWords()
  const { say } = words
  const act = useAct()
  const items = useWatch('sync.unsent', {}).value
  return (
    <NamedDialog label={say('shell/sync/listTitle')} width={640} onClose={onClose}>
      <h2 style={{ margin: 0, fontSize: 15 }}>{say('shell/sync/listTitle')}</h2>
      <Quiet>{syncWords(sync, words)}</Quiet>
      {items?.length === 0 && <Quiet>{say('shell/sync/listEmpty')}</Quiet>}
      <Items>
        {items?.map((item) => (
          <UnsentRow key={item.commandId} item={item} />
        ))}
      </Items>
      <div style={{ display: 'flex', gap: 8, justifyContent: 'end' }}>
        <Button onClick={() => void act('sync.now', {})}>{say('shell/sync/sendNow')}</Button>
        <Button variant="outlined" autoFocus onClick={onClose}>
          {say('shell/close')}
        </Button>
      </div>
    </NamedDialog>
  )
}

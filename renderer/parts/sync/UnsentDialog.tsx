import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import { useWatch } from '../../bridge/use-watch.ts'
import type { SyncState, UnsentItem } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { NamedDialog } from '../dialog/NamedDialog.tsx'
import { Quiet } from '../list-table/ListTable.tsx'
import { State } from '../list-table/State.tsx'
import { useAct } from '../notice/use-act.ts'
import { useNow } from '../time/use-now.ts'
import { syncWords } from './sync-words.ts'
import { typedWords } from './typed-words.ts'

const Items = styled('ol')(({ theme }) => ({
  listStyle: 'none', margin: '8px 0', padding: 0, overflowY: 'auto',
  '& li': { display: 'grid', gridTemplateColumns: '1fr auto', columnGap: 12, padding: '6px 0', borderTop: `1px solid ${theme.vars.palette.divider}` },
  '& .quiet': { color: theme.vars.palette.text.secondary },
  '& p': { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
}))

/** What is not at the center yet, as it was written. Only a person drops something, and is asked twice. */
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
      <Items>{items?.map((item) => <Item key={item.commandId} item={item} />)}</Items>
      <div style={{ display: 'flex', gap: 8, justifyContent: 'end' }}>
        <Button onClick={() => void act('sync.now', {})}>{say('shell/sync/sendNow')}</Button>
        <Button variant="outlined" autoFocus onClick={onClose}>{say('shell/close')}</Button>
      </div>
    </NamedDialog>
  )
}

function Item({ item }: { item: UnsentItem }) {
  const { say, formats, refusal } = useWords()
  const act = useAct()
  const now = useNow(30_000)
  const [asking, setAsking] = useState(false)
  const { outcome, commandId } = item
  const why = outcome && 'error' in outcome ? outcome.error : null
  const stuck = item.state === 'refused' || item.state === 'parked'
  const state = item.state === 'refused' ? say('shell/sync/refusedState') : say(`shell/sync/${item.state}`)
  return (
    <li>
      <div>
        <strong>{say(`shell/command/${item.name}`)}</strong>{item.customerName !== null && ` · ${item.customerName}`}{' '}
        <State meaning={stuck ? 'error' : 'plain'}>{state}</State>{' '}
        <span className="quiet" title={formats.exact(item.at)}>{say('shell/sync/by', { name: item.userName, time: formats.moment(item.at, now) })}</span>
        <p>{typedWords(item.args)}</p>
        {why && <p className="quiet">{refusal(why)}</p>}
      </div>
      <div>
        <Button onClick={() => void act('sync.retry', { commandId })}>{say('shell/sync/sendAgain')}</Button>
        {asking
          ? <Button color="error" variant="contained" autoFocus onClick={() => void act('sync.drop', { commandId })}>{say('shell/sync/dropYes')}</Button>
          : <Button color="error" onClick={() => setAsking(true)}>{say('shell/sync/drop')}</Button>}
      </div>
    </li>
  )
}

import Button from '@mui/material/Button'
import { useState } from 'react'
import { typedFields } from '../../../domain/commands/typed-fields.ts'
import type { UnsentItem } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { State } from '../list-table/State.tsx'
import { useOnce } from '../form/use-once.ts'
import { useAct } from '../notice/use-act.ts'
import { useNow } from '../time/use-now.ts'
import { ChangeForm } from './ChangeForm.tsx'
import { typedWords } from './typed-words.ts'
import { isolated } from '../../i18n/isolated.ts'

/**
 * One command that the server does not have yet. A command that only waits is sent without help; for a refused or
 * parked one its author can send it again, change it or drop it.
 */
export function UnsentRow({ item }: { item: UnsentItem }) {
  const words = useWords()
  const { say, formats, refusal, site } = words
  const now = useNow(30_000)
  const [changing, setChanging] = useState(false)
  const { outcome } = item
  const why = outcome && 'error' in outcome ? outcome.error : null
  const stuck = item.state === 'refused' || item.state === 'parked'
  const state = item.state === 'refused' ? say('shell/sync/refusedState') : say(`shell/sync/${item.state}`)
  return (
    <li>
      <div>
        <strong>{say(`shell/command/${item.name}`)}</strong>
        {item.customerName !== null && ` · ${isolated(item.customerName)}`}
        {item.about !== null && ` · ${item.about}`} <State meaning={stuck ? 'error' : 'plain'}>{state}</State>{' '}
        <span className="quiet" title={formats.exact(item.at)}>
          {say('shell/sync/by', { name: item.userName, time: formats.moment(item.at, now) })}
        </span>
        {changing ? (
          <ChangeForm item={item} onClose={() => setChanging(false)} />
        ) : (
          <p>{typedWords(item, words, item.currency ?? site.currency)}</p>
        )}
        {why && <p className="quiet">{refusal(why)}</p>}
      </div>
      {stuck && !changing && <Decisions item={item} onChange={() => setChanging(true)} />}
    </li>
  )
}

function Decisions({ item, onChange }: { item: UnsentItem; onChange: () => void }) {
  const { say } = useWords()
  const act = useAct()
  const { once } = useOnce()
  const [asking, setAsking] = useState(false)
  const { commandId } = item
  return (
    <div>
      <Button onClick={() => void once(() => act('sync.retry', { commandId }))}>{say('shell/sync/sendAgain')}</Button>
      {typedFields(item.name, item.args).length > 0 && <Button onClick={onChange}>{say('shell/sync/change')}</Button>}
      {asking ? (
        <Button
          color="error"
          variant="contained"
          autoFocus
          onClick={() => void once(() => act('sync.drop', { commandId }))}
        >
          {say('shell/sync/dropYes')}
        </Button>
      ) : (
        <Button color="error" onClick={() => setAsking(true)}>
          {say('shell/sync/drop')}
        </Button>
      )}
    </div>
  )
}

import Button from '@mui/material/Button'
import { keys, type KeyName } from '../../app/keys.ts'
import { useWords } from '../../i18n/use-words.ts'
import { NamedDialog } from '../dialog/NamedDialog.tsx'
import { Cap } from './Key.tsx'

type NamedKey = Exclude<KeyName, `tab${number}`>
const named = (Object.keys(keys) as KeyName[]).filter((name): name is NamedKey => !/^tab\d$/.test(name))

/** Every key, on one page. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { say } = useWords()
  return (
    <NamedDialog label={say('shell/help')} width={640} onClose={onClose}>
      <h2 style={{ margin: 0, fontSize: 15 }}>{say('shell/help')}</h2>
      <p style={{ margin: '4px 0 12px' }}>{say('shell/helpIntro')}</p>
      <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr auto 1fr', gap: '4px 12px', margin: '0 0 12px' }}>
        {named.map((name) => [
          <dt key={name} aria-label={keys[name]}>
            <Cap>{keys[name]}</Cap>
          </dt>,
          <dd key={`${name} means`} style={{ margin: 0 }}>
            {say(`shell/key/${name}`)}
          </dd>,
        ])}
        <dt>
          <Cap>Alt+1 … 9</Cap>
        </dt>
        <dd style={{ margin: 0 }}>{say('shell/key/tabs')}</dd>
        <dt>
          <Cap>1 … 9</Cap>
        </dt>
        <dd style={{ margin: 0 }}>{say('shell/key/choose')}</dd>
      </dl>
      <Button variant="outlined" autoFocus onClick={onClose} sx={{ justifySelf: 'end' }}>
        {say('shell/close')}
      </Button>
    </NamedDialog>
  )
}

import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import { useBridge } from '../../bridge/bridge-context.ts'
import type { Refusal } from '../../../protocol/errors.ts'
import { Form, SubmitButton } from '../../parts/form/Form.tsx'
import { useWords } from '../../i18n/use-words.ts'

const Frame = styled(Form)(({ theme }) => ({
  width: 320,
  margin: '96px auto',
  padding: 24,
  display: 'grid',
  gap: 12,
  borderRadius: 4,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.divider}`,
  '& h1': { margin: 0, fontSize: 18 },
  '& p': { margin: 0, color: theme.vars.palette.error.main },
}))

/** Asks who works here. */
export function SignInScreen({ onCancel }: { onCancel?: () => void }) {
  const { say, refusal, language, setLanguage } = useWords()
  const bridge = useBridge()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [refused, setRefused] = useState<Refusal | null>(null)
  const submit = async (): Promise<void> => {
    const result = await bridge.act('session.signIn', { login: login.trim(), password })
    setPassword('')
    setRefused(result.ok ? null : result.error)
    if (result.ok) onCancel?.()
  }
  return (
    <Frame onSubmit={submit}>
      <h1>{say('shell/signIn/title')}</h1>
      <TextField
        label={say('shell/signIn/login')}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
        autoFocus
        autoComplete="username"
        slotProps={{ htmlInput: { maxLength: 300 } }}
      />
      <TextField
        label={say('shell/signIn/password')}
        type="password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete="current-password"
        slotProps={{ htmlInput: { maxLength: 256 } }}
      />
      {refused && <p role="alert">{refusal(refused)}</p>}
      <SubmitButton disabled={login.trim() === '' || password === ''} busyWord={say('shell/signIn/working')}>
        {say('shell/signIn/submit')}
      </SubmitButton>
      {onCancel ? (
        <Button onClick={onCancel}>{say('shell/cancel')}</Button>
      ) : (
        <Button onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {language === 'zh' ? say('shell/toEnglish') : say('shell/toChinese')}
        </Button>
      )}
    </Frame>
  )
}

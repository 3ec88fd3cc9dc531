import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { useState } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { FormFrame } from '../contact/FormFrame.tsx'

/** Asks for the one sentence that an act has to say. What is typed stays where the act is refused. */
export function SentenceForm({ title, label, submit, onSubmit, onClose, disabled = false }: {
  title: string
  label: string
  submit: string
  /** Resolves to whether it was done. */
  onSubmit: (sentence: string) => Promise<boolean>
  onClose: () => void
  disabled?: boolean
}) {
  const { say } = useWords()
  const [text, setText] = useState('')
  const [saving, setSaving] = useState(false)
  const sentence = text.trim()
  const save = async (): Promise<void> => {
    if (sentence === '' || saving || disabled) return
    setSaving(true)
    const done = await onSubmit(sentence)
    setSaving(false)
    if (done) onClose()
  }
  return (
    <FormFrame title={title} onSubmit={() => void save()} onClose={onClose}>
      <TextField label={label} value={text} autoFocus required autoComplete="off" onChange={(event) => setText(event.target.value)} slotProps={{ htmlInput: { maxLength: 300 } }} />
      <div style={{ display: 'flex', gap: 8 }}>
        <Button type="submit" variant="contained" disabled={sentence === '' || saving || disabled}>{submit}</Button>
        <Button color="inherit" onClick={onClose}>{say('shell/cancel')}</Button>
      </div>
    </FormFrame>
  )
}

import Button from '@mui/material/Button'
import { isBlank } from '../../../domain/visible-text.ts'
import { SHORT_TEXT } from '../../../protocol/scalars.ts'
import { useLeft } from '../../app/stores.ts'
import { useWords } from '../../i18n/use-words.ts'
import { FormFrame } from '../contact/FormFrame.tsx'
import { SubmitButton } from '../form/Form.tsx'
import { LimitedField } from '../form/LimitedField.tsx'

/**
 * Asks for the sentence that an action needs. What is typed is kept when the action is refused or the form is closed.
 */
export function SentenceForm({
  about,
  title,
  label,
  submit,
  onSubmit,
  onClose,
  disabled = false,
}: {
  /** The id of the thing that the sentence is about; the typed text is kept under it. */
  about: string
  title: string
  label: string
  submit: string
  /** Resolves to true when it was done. */
  onSubmit: (sentence: string) => Promise<boolean>
  onClose: () => void
  disabled?: boolean
}) {
  const { say } = useWords()
  const [text, setText] = useLeft(`${about} ${label}`, '')
  const sentence = isBlank(text) ? '' : text.trim()
  const save = async (): Promise<void> => {
    if (sentence === '' || disabled || !(await onSubmit(sentence))) return
    setText('')
    onClose()
  }
  return (
    <FormFrame title={title} onSubmit={save} onClose={onClose}>
      <LimitedField label={label} value={text} autoFocus required onText={setText} limit={SHORT_TEXT} />
      <div style={{ display: 'flex', gap: 8 }}>
        <SubmitButton disabled={sentence === '' || disabled}>{submit}</SubmitButton>
        <Button color="inherit" onClick={onClose}>
          {say('shell/cancel')}
        </Button>
      </div>
    </FormFrame>
  )
}

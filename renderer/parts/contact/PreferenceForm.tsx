import { isBlank } from '../../../domain/visible-text.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { SHORT_TEXT } from '../../../protocol/scalars.ts'
import { useWords } from '../../i18n/use-words.ts'
import { words } from '../../i18n/words.ts'
import { SubmitButton } from '../form/Form.tsx'
import { DraftField } from '../form/LimitedField.tsx'
import { useDraftForm } from '../form/use-draft-form.ts'
import { useRun } from '../notice/use-act.ts'
import { Choice } from './Choice.tsx'
import { FormFrame } from './FormFrame.tsx'

type KnownKey = keyof typeof words.en.record.preferenceKey
const knownKeys = Object.keys(words.en.record.preferenceKey) as KnownKey[]
const sources = ['said', 'observed'] as const

/** Saves what a customer likes: two choices and a few words; what is typed is part of the call's draft. */
export function PreferenceForm({
  record,
  draftKey,
  onClose,
}: {
  record: CustomerRecord
  draftKey: string
  onClose: () => void
}) {
  const { say } = useWords()
  const run = useRun()
  const { text, id, set, clear } = useDraftForm(draftKey, 'preference', {
    key: record.customer.profile === 'hotel' ? 'seat' : 'contactTime',
    value: '',
    source: 'said',
  })
  const save = async (): Promise<void> => {
    const value = text.value.trim()
    if (value === '') return
    const known = record.preferences.find((preference) => preference.key === text.key)
    const done = await run(
      'preference.set',
      { preferenceId: known?.id ?? id, customerId: record.customer.id, key: text.key, value, source: text.source },
      say('record/preferenceForm/saved'),
    )
    if (!done) return
    clear()
    onClose()
  }
  return (
    <FormFrame title={say('record/preferenceForm/title')} onSubmit={save} onClose={onClose}>
      <div className="pair">
        <Choice
          label={say('record/preferenceForm/key')}
          value={knownKeys.find((key) => key === text.key) ?? null}
          options={knownKeys}
          word={(key) => say(`record/preferenceKey/${key}`)}
          onChange={(key) => set({ key: key ?? text.key })}
        />
        <Choice
          label={say('record/preferenceForm/source')}
          value={text.source}
          options={sources}
          word={(source) => say(`record/preferenceForm/${source}`)}
          onChange={(source) => set({ source: source ?? 'said' })}
        />
      </div>
      <DraftField
        draftKey={draftKey}
        name="preference.value"
        label={say('record/preferenceForm/value')}
        value={text.value}
        autoFocus
        onText={(value) => set({ value })}
        limit={SHORT_TEXT}
      />
      <SubmitButton disabled={isBlank(text.value)}>{say('record/preferenceForm/save')}</SubmitButton>
    </FormFrame>
  )
}

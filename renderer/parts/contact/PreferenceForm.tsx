import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { v7 as uuidv7 } from 'uuid'
import type { DraftContent } from '../../../protocol/draft.ts'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useDraft } from '../../app/stores.ts'
import { useWords } from '../../i18n/use-words.ts'
import { words } from '../../i18n/words.ts'
import { useRun } from '../notice/use-act.ts'
import { Choice } from './Choice.tsx'
import { FormFrame } from './FormFrame.tsx'

type KnownKey = keyof typeof words.en.record.preferenceKey
const knownKeys = Object.keys(words.en.record.preferenceKey) as KnownKey[]
const sources = ['said', 'observed'] as const

type Text = NonNullable<DraftContent['preference']>

/** Notes what a customer likes: two choices and a few words; what is typed is part of the call's draft. */
export function PreferenceForm({ record, draftKey, onClose }: { record: CustomerRecord; draftKey: string; onClose: () => void }) {
  const { say } = useWords()
  const run = useRun()
  const { content, change } = useDraft(draftKey)
  const first: Text = { key: record.customer.profile === 'hotel' ? 'seat' : 'contactTime', value: '', source: 'said' }
  const text = content.preference ?? first
  const set = (patch: Partial<Text>): void => change({ preference: { ...text, ...patch } })
  const save = async (): Promise<void> => {
    const value = text.value.trim()
    if (value === '') return
    const known = record.preferences.find((preference) => preference.key === text.key)
    const done = await run('preference.set', { preferenceId: known?.id ?? uuidv7(), customerId: record.customer.id, key: text.key, value, source: text.source }, say('record/preferenceForm/saved'))
    if (!done) return
    change({ preference: null })
    onClose()
  }
  return (
    <FormFrame title={say('record/preferenceForm/title')} onSubmit={() => void save()} onClose={onClose}>
      <div className="pair">
        <Choice label={say('record/preferenceForm/key')} value={knownKeys.find((key) => key === text.key) ?? null} options={knownKeys} word={(key) => say(`record/preferenceKey/${key}`)} onChange={(key) => set({ key: key ?? text.key })} />
        <Choice label={say('record/preferenceForm/source')} value={text.source} options={sources} word={(source) => say(`record/preferenceForm/${source}`)} onChange={(source) => set({ source: source ?? 'said' })} />
      </div>
      <TextField label={say('record/preferenceForm/value')} value={text.value} autoFocus onChange={(event) => set({ value: event.target.value })} slotProps={{ htmlInput: { maxLength: 300 } }} />
      <Button type="submit" variant="contained" disabled={text.value.trim() === ''}>{say('record/preferenceForm/save')}</Button>
    </FormFrame>
  )
}

import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { v7 as uuidv7 } from 'uuid'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { useLeft } from '../../app/stores.ts'
import { useWords } from '../../i18n/use-words.ts'
import { words } from '../../i18n/words.ts'
import { useRun } from '../notice/use-act.ts'
import { Choice } from './Choice.tsx'
import { FormFrame } from './FormFrame.tsx'

type KnownKey = keyof typeof words.en.record.preferenceKey
const knownKeys = Object.keys(words.en.record.preferenceKey) as KnownKey[]
const sources = ['said', 'observed'] as const

interface Text { readonly key: KnownKey; readonly value: string; readonly source: (typeof sources)[number] }

/** Notes what a customer likes: two choices and a few words. */
export function PreferenceForm({ record, draftKey, onClose }: { record: CustomerRecord; draftKey: string; onClose: () => void }) {
  const { say } = useWords()
  const run = useRun()
  const first: Text = { key: record.customer.profile === 'hotel' ? 'seat' : 'contactTime', value: '', source: 'said' }
  const [text, setText] = useLeft(`${draftKey} preference`, first)
  const save = async (): Promise<void> => {
    const value = text.value.trim()
    if (value === '') return
    const known = record.preferences.find((preference) => preference.key === text.key)
    const done = await run('preference.set', { preferenceId: known?.id ?? uuidv7(), customerId: record.customer.id, key: text.key, value, source: text.source }, say('record/preferenceForm/saved'))
    if (!done) return
    setText(first)
    onClose()
  }
  return (
    <FormFrame title={say('record/preferenceForm/title')} onSubmit={() => void save()} onClose={onClose}>
      <div className="pair">
        <Choice label={say('record/preferenceForm/key')} value={text.key} options={knownKeys} word={(key) => say(`record/preferenceKey/${key}`)} onChange={(key) => setText({ ...text, key: key ?? text.key })} />
        <Choice label={say('record/column/noted')} value={text.source} options={sources} word={(source) => say(`record/preferenceForm/${source}`)} onChange={(source) => setText({ ...text, source: source ?? 'said' })} />
      </div>
      <TextField label={say('record/preferenceForm/value')} value={text.value} autoFocus onChange={(event) => setText({ ...text, value: event.target.value })} slotProps={{ htmlInput: { maxLength: 300 } }} />
      <Button type="submit" variant="contained" disabled={text.value.trim() === ''}>{say('record/preferenceForm/save')}</Button>
    </FormFrame>
  )
}

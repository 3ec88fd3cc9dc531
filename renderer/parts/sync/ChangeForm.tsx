import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { useState } from 'react'
import { callbackTime } from '../../../domain/callback-time.ts'
import { typedFields, type TypedField } from '../../../domain/commands/typed-fields.ts'
import type { UnsentItem } from '../../../protocol/workstation.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { words as dictionary } from '../../i18n/words.ts'
import { FormFrame } from '../contact/FormFrame.tsx'
import { useAct } from '../notice/use-act.ts'
import { parseAmount, parseQuantity } from '../price/parse-amount.ts'
import { textOf } from './typed-words.ts'

const names = dictionary.en.shell.typed
const nameOf = (path: string): keyof typeof names => {
  const last = path.split('.').at(-1) ?? ''
  return Object.hasOwn(names, last) ? (last as keyof typeof names) : 'text'
}

/** What a text means as the field's value; undefined: nothing that fits. */
function valueOf(field: TypedField, text: string, { site }: Words, currency: string): string | number | null | undefined {
  const trimmed = text.trim()
  switch (field.kind) {
    case 'line':
    case 'text':
      return trimmed === '' && field.value === null ? null : trimmed
    case 'amount':
      return parseAmount(trimmed, currency) ?? undefined
    case 'count':
      return parseQuantity(trimmed) ?? undefined
    case 'instant': {
      const at = callbackTime(trimmed, Date.now(), site.timeZone)
      return at === null || at <= Date.now() ? undefined : at
    }
    default:
      return field.kind satisfies never
  }
}

/** What was typed into a command that was not taken, to be written otherwise and sent again. */
export function ChangeForm({ item, onClose }: { item: UnsentItem; onClose: () => void }) {
  const words = useWords()
  const { say } = words
  const currency = item.currency ?? words.site.currency
  const act = useAct()
  const fields = typedFields(item.name, item.args)
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const shown = (field: TypedField) => texts[field.path] ?? textOf(field, words, currency)
  const isWrong = (field: TypedField) => texts[field.path] !== undefined && valueOf(field, shown(field), words, currency) === undefined

  const send = async (): Promise<void> => {
    if (fields.some(isWrong)) return
    const changed = fields.filter(({ path }) => texts[path] !== undefined)
    const values = Object.fromEntries(changed.map((field) => [field.path, valueOf(field, shown(field), words, currency) ?? null]))
    if ((await act('sync.change', { commandId: item.commandId, values })).ok) onClose()
  }

  return (
    <FormFrame title={say('shell/sync/changeTitle')} onSubmit={() => void send()} onClose={onClose}>
      {fields.map((field, index) => (
        <TextField
          key={field.path} label={say(`shell/typed/${nameOf(field.path)}`)} value={shown(field)} autoFocus={index === 0} autoComplete="off" error={isWrong(field)}
          helperText={isWrong(field) ? say(`shell/typedWrong/${field.kind}`) : undefined} multiline={field.kind === 'text'} minRows={field.kind === 'text' ? 3 : undefined}
          onChange={(event) => { setTexts({ ...texts, [field.path]: event.target.value }) }}
          onKeyDown={(event) => { if (event.key === 'Enter' && event.ctrlKey) void send() }}
          slotProps={{ htmlInput: { maxLength: field.kind === 'text' ? 20_000 : 300 } }}
        />
      ))}
      <Button type="submit" variant="contained">{say('shell/sync/changeSend')}</Button>
    </FormFrame>
  )
}

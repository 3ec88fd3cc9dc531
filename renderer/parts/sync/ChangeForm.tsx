import { useState } from 'react'
import { callbackTime } from '../../../domain/callback-time.ts'
import { typedFields, type TypedField } from '../../../domain/commands/typed-fields.ts'
import { readAmount, readQuantity } from '../../../domain/money/read-amount.ts'
import type { UnsentItem } from '../../../protocol/workstation.ts'
import { isOfInputMethod } from '../../app/input-method.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { words as dictionary } from '../../i18n/words.ts'
import { LONG_TEXT, SHORT_TEXT } from '../../../protocol/scalars.ts'
import { SubmitButton } from '../form/Form.tsx'
import { LimitedField } from '../form/LimitedField.tsx'
import { FormFrame } from '../contact/FormFrame.tsx'
import { useAct } from '../notice/use-act.ts'
import { amountProblem } from '../price/amount-problem.ts'
import { parseAmount, parseQuantity } from '../price/parse-amount.ts'
import { textOf } from './typed-words.ts'

const names = dictionary.en.shell.typed
const nameOf = (path: string): keyof typeof names => {
  const last = path.split('.').at(-1) ?? ''
  return Object.hasOwn(names, last) ? (last as keyof typeof names) : 'text'
}

/** The text as the field's value; undefined where the text does not fit the field. */
function valueOf(
  field: TypedField,
  text: string,
  { site }: Words,
  currency: string,
): string | number | null | undefined {
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

/**
 * Shows what was typed into a command that the server did not take, so that the user can change it and send it again.
 */
export function ChangeForm({ item, onClose }: { item: UnsentItem; onClose: () => void }) {
  const words = useWords()
  const { say } = words
  const currency = item.currency ?? words.site.currency
  const act = useAct()
  const fields = typedFields(item.name, item.args)
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const shown = (field: TypedField) => texts[field.path] ?? textOf(field, words, currency)
  const isWrong = (field: TypedField) =>
    texts[field.path] !== undefined && valueOf(field, shown(field), words, currency) === undefined

  const whatIsWrong = (field: TypedField): string => {
    const read =
      field.kind === 'amount'
        ? readAmount(shown(field), currency)
        : field.kind === 'count'
          ? readQuantity(shown(field))
          : null
    return read && !read.ok && read.problem.kind !== 'unreadable'
      ? amountProblem(read.problem, field.kind === 'amount' ? 'price' : 'quantity', words)
      : say(`shell/typedWrong/${field.kind}`)
  }

  const send = async (): Promise<void> => {
    if (fields.some(isWrong)) return
    const changed = fields.filter(({ path }) => texts[path] !== undefined)
    const values = Object.fromEntries(
      changed.map((field) => [field.path, valueOf(field, shown(field), words, currency) ?? null]),
    )
    if ((await act('sync.change', { commandId: item.commandId, values })).ok) onClose()
  }

  return (
    <FormFrame title={say('shell/sync/changeTitle')} onSubmit={send} onClose={onClose}>
      {fields.map((field, index) => (
        <LimitedField
          key={field.path}
          label={say(`shell/typed/${nameOf(field.path)}`)}
          value={shown(field)}
          autoFocus={index === 0}
          error={isWrong(field)}
          helperText={isWrong(field) ? whatIsWrong(field) : undefined}
          {...(field.kind === 'text' ? { lines: 3 } : {})}
          onText={(text) => {
            setTexts({ ...texts, [field.path]: text })
          }}
          limit={field.kind === 'text' ? LONG_TEXT : SHORT_TEXT}
          input={{
            onKeyDown: (event) => {
              if (event.key === 'Enter' && event.ctrlKey && !isOfInputMethod(event.nativeEvent))
                event.currentTarget.form?.requestSubmit()
            },
          }}
        />
      ))}
      <SubmitButton>{say('shell/sync/changeSend')}</SubmitButton>
    </FormFrame>
  )
}

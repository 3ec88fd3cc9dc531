import TextField, { type TextFieldProps } from '@mui/material/TextField'
import { useForkRef } from '@mui/material/utils'
import type { ComponentProps, Ref } from 'react'
import { LONGEST_TYPED } from '../../../protocol/draft.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useTell } from '../notice/notice-context.ts'
import { DRAFT_FIELD, useFieldPlace } from './use-field-place.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

export interface LimitedFieldProps extends Omit<
  TextFieldProps,
  'value' | 'onChange' | 'slotProps' | 'multiline' | 'rows'
> {
  readonly value: string
  readonly onText: (text: string) => void
  /** How long the text may be when it is sent. While the user types it may be longer: nothing is cut. */
  readonly limit: number
  /** How many lines the field has; left out for one line. */
  readonly lines?: number
  readonly fieldRef?: Ref<Field>
  readonly input?: ComponentProps<'input'> & Readonly<Record<`data-${string}`, string>>
}

/** From this part of the limit on, the field shows how much is left. */
const NEAR = 0.9

/**
 * A field that shows its limit while the user types and cuts nothing: text that is too long stays, and the field says
 * that it is too long.
 */
export function LimitedField({
  value,
  onText,
  limit,
  lines,
  fieldRef,
  input,
  error = false,
  helperText,
  ...rest
}: LimitedFieldProps) {
  const { say, formats } = useWords()
  const tell = useTell()
  const left = limit - value.length
  const said =
    left < 0
      ? say('shell/limit/over', { over: formats.number(-left), limit: formats.number(limit) })
      : value.length >= limit * NEAR
        ? say('shell/limit/left', { left: formats.number(left) })
        : helperText
  return (
    <TextField
      {...rest}
      value={value}
      error={error || left < 0}
      helperText={said}
      multiline={lines !== undefined}
      onChange={({ target }) => {
        if (target.value.length > LONGEST_TYPED)
          tell(say('shell/limit/refused', { limit: formats.number(LONGEST_TYPED) }), 'problem')
        else onText(target.value)
      }}
      slotProps={{
        ...(lines === undefined ? {} : { input: { inputComponent: 'textarea' as const } }),
        inputLabel: { shrink: true },
        htmlInput: {
          autoComplete: 'off',
          ...input,
          ref: fieldRef,
          ...(lines === undefined ? {} : { rows: lines, style: { resize: 'vertical', height: 'auto' } }),
        },
      }}
    />
  )
}

/** A `LimitedField` that is part of a draft: caret, selection, scroll and focus are restored with it. */
export function DraftField({
  draftKey,
  name,
  fieldRef,
  input,
  ...rest
}: LimitedFieldProps & { readonly draftKey: string; readonly name: string }) {
  const place = useFieldPlace(draftKey, name, rest.value)
  const ref = useForkRef<Field>(place, fieldRef)
  return <LimitedField {...rest} {...(ref ? { fieldRef: ref } : {})} input={{ ...input, [DRAFT_FIELD]: name }} />
}

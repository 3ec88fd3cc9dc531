import Button, { type ButtonProps } from '@mui/material/Button'
import { createContext, useContext, type ComponentProps } from 'react'
import { isOfInputMethod } from '../../app/input-method.ts'
import { useOnce } from './use-once.ts'

const BusyContext = createContext(false)

/**
 * A form that is sent once: while `onSubmit` runs, Enter and the button do nothing, and a screen reader says that it is
 * busy.
 */
export function Form({
  onSubmit,
  onKeyDown,
  children,
  ...rest
}: Omit<ComponentProps<'form'>, 'onSubmit'> & { onSubmit: () => unknown }) {
  const { busy, once } = useOnce()
  return (
    <BusyContext value={busy}>
      <form
        // The browser's own messages are in the browser's language and cover the next field.
        noValidate
        {...rest}
        aria-busy={busy}
        onSubmit={(event) => {
          event.preventDefault()
          void once(onSubmit)
        }}
        onKeyDown={(event) => {
          if (!isOfInputMethod(event.nativeEvent)) return onKeyDown?.(event)
          // This Enter accepts the word composed in the input method; it must not send the form.
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
        }}
      >
        {children}
      </form>
    </BusyContext>
  )
}

/** The button that sends the form that it is in. */
export function SubmitButton({
  disabled = false,
  busyWord,
  children,
  ...rest
}: Omit<ButtonProps, 'type'> & {
  /** The word on the button while the form is sent; left out where sending takes no time. */
  readonly busyWord?: string
}) {
  const busy = useContext(BusyContext)
  return (
    <Button type="submit" variant="contained" {...rest} disabled={disabled || busy}>
      {busy ? (busyWord ?? children) : children}
    </Button>
  )
}

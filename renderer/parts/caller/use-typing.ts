import { useSyncExternalStore } from 'react'
import { focusedText } from '../../app/pop-manners.ts'

const onFocus = (listener: () => void): (() => void) => {
  document.addEventListener('focusin', listener)
  document.addEventListener('focusout', listener)
  return () => {
    document.removeEventListener('focusin', listener)
    document.removeEventListener('focusout', listener)
  }
}

/** Whether a text field has the focus: then a digit is typed into it and picks no candidate. */
export const useTyping = (): boolean =>
  useSyncExternalStore(onFocus, () => focusedText(document.activeElement) !== null)

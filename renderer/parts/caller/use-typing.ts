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

/** Whether a field has the focus, so that a digit is written into it and picks nobody. */
export const useTyping = (): boolean => useSyncExternalStore(onFocus, () => focusedText(document.activeElement) !== null)

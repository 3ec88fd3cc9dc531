import { useEffect, useRef } from 'react'
import { isOfInputMethod } from './input-method.ts'
import { focusedText } from './pop-manners.ts'
import { keyOf, type KeyName } from './keys.ts'

export type KeyActions = Partial<Record<KeyName, () => void>>

/**
 * Listens to the keys of the map while the component is on the screen. The handler that was mounted last goes first
 * and is the only one that acts.
 */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isOfInputMethod(event)) return
      // "?" shows the keys too, where it is not being typed.
      const name = keyOf(event) ?? (event.key === '?' && focusedText(document.activeElement) === null ? 'help' : null)
      const action = name ? latest.current[name] : undefined
      if (!action) return
      event.preventDefault()
      if (!event.repeat) action()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

import { useEffect, useRef } from 'react'
import { isOfInputMethod } from './input-method.ts'
import { focusedText } from './pop-manners.ts'
import { keyOf, type KeyName } from './keys.ts'

export type KeyActions = Partial<Record<KeyName, () => void>>

/** Asks the mounted key handlers for an action by its name; with `perform` false it only asks whether there is one. */
interface KeyWish {
  readonly name: KeyName
  readonly perform: boolean
}
const WISH = 'ringside-key'

/**
 * Listens to the keys of the map while the component is on the screen. Of several handlers for a key, only the one that
 * was mounted last acts.
 */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isOfInputMethod(event)) return
      // "?" also shows the keys, except while the user types in a field.
      const name = keyOf(event) ?? (event.key === '?' && focusedText(document.activeElement) === null ? 'help' : null)
      const action = name ? latest.current[name] : undefined
      if (!action) return
      event.preventDefault()
      if (!event.repeat) action()
    }
    const onWish = (event: Event): void => {
      const { name, perform } = (event as CustomEvent<KeyWish>).detail
      const action = latest.current[name]
      if (!action || event.defaultPrevented) return
      event.preventDefault()
      if (perform) action()
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener(WISH, onWish)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener(WISH, onWish)
    }
  }, [])
}

const wish = (detail: KeyWish): boolean => !document.dispatchEvent(new CustomEvent(WISH, { detail, cancelable: true }))

/** Does what the key with this name would do now. */
export const strikeKey = (name: KeyName): boolean => wish({ name, perform: true })

/** Whether the key with this name would do anything now. */
export const keyActs = (name: KeyName): boolean => wish({ name, perform: false })

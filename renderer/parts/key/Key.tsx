import './key.css'
import type { ReactNode } from 'react'
import { keys, type KeyName } from '../../app/keys.ts'

/**
 * A key's name as it is printed on the keyboard; screen readers get it from the `aria-keyshortcuts` of the element that
 * it acts on.
 */
export function Cap({ children }: { children: ReactNode }) {
  return (
    <kbd className="key-cap" aria-hidden="true">
      {children}
    </kbd>
  )
}

/** The key of an action, shown where it acts. */
export function Key({ of }: { of: KeyName }) {
  return <Cap>{keys[of]}</Cap>
}

/** The same for a screen reader: "Alt+C" stays "Alt+C", "Ctrl+K" becomes "Control+K". */
export const shortcut = (of: KeyName): string => keys[of].replace('Ctrl', 'Control')

import './key.css'
import type { ReactNode } from 'react'
import { keys, type KeyName } from '../../app/keys.ts'

/** A key's name as it stands on the keyboard; readers get it from `aria-keyshortcuts` of what it does. */
export function Cap({ children }: { children: ReactNode }) {
  return <kbd className="key-cap" aria-hidden="true">{children}</kbd>
}

/** The key of an action, shown where it acts. */
export function Key({ of }: { of: KeyName }) {
  return <Cap>{keys[of]}</Cap>
}

/** The same for a reader: "Alt+C" is "Alt+C", "Ctrl+K" is "Control+K". */
export const shortcut = (of: KeyName): string => keys[of].replace('Ctrl', 'Control')

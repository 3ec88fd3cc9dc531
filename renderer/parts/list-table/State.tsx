import './state.css'
import type { ReactNode } from 'react'

export type Meaning = 'error' | 'warning' | 'success' | 'plain'

/** A state as a word; its colour only repeats what the word says. */
export function State({ meaning, children }: { meaning: Meaning; children: ReactNode }) {
  return <span className={`state-word ${meaning}`}>{children}</span>
}

import { createContext, useContext } from 'react'

/** Undoes what a notice says was done. */
export interface Undo {
  readonly label: string
  readonly run: () => void
}

/**
 * Shows a line at the foot of the window; it disappears after a while. A `problem` is read out at once; `undo` is
 * offered beside what was done.
 */
export type Tell = (text: string, kind: 'done' | 'problem', undo?: Undo) => void

/** The element at the foot that holds messages about the whole window; null until it exists. */
export const FootLineContext = createContext<HTMLElement | null>(null)

export const NoticeContext = createContext<Tell>(() => {})
export const useTell = (): Tell => useContext(NoticeContext)

import { createContext, useContext } from 'react'

/** Takes back what a notice says was done. */
export interface Undo { readonly label: string; readonly run: () => void }

/** Says a line at the foot of the window; it disappears by itself. `problem` is read out at once, `undo` stands beside what was done. */
export type Tell = (text: string, kind: 'done' | 'problem', undo?: Undo) => void

/** Where the foot keeps a line for what holds for the whole window; null until it is there. */
export const FootLineContext = createContext<HTMLElement | null>(null)

export const NoticeContext = createContext<Tell>(() => {})
export const useTell = (): Tell => useContext(NoticeContext)

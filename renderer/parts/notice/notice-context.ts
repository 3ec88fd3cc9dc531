import { createContext, useContext } from 'react'

/** Says a line at the foot of the window; it goes by itself. `problem` is read out at once. */
export type Tell = (text: string, kind: 'done' | 'problem') => void

export const NoticeContext = createContext<Tell>(() => {})
export const useTell = (): Tell => useContext(NoticeContext)

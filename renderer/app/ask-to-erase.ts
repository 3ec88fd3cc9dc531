import { createContext, useContext } from 'react'
import type { OpenedCustomer } from './workspace.ts'

/** Opens the question whether a customer is to be erased; null for who may not. */
export type AskToErase = ((customer: OpenedCustomer) => void) | null

export const AskToEraseContext = createContext<AskToErase>(null)
export const useAskToErase = (): AskToErase => useContext(AskToEraseContext)

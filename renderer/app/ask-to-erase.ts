import { createContext, useContext } from 'react'
import type { OpenedCustomer } from './workspace.ts'

/** Opens the dialog that asks whether to erase a customer; null for a user who may not erase. */
export type AskToErase = ((customer: OpenedCustomer) => void) | null

export const AskToEraseContext = createContext<AskToErase>(null)
export const useAskToErase = (): AskToErase => useContext(AskToEraseContext)

import { createContext, useContext } from 'react'
import type { Role } from '../../protocol/entities/user.ts'
import type { OpenedCustomer } from './workspace.ts'

/** Opens the question whether a customer is to be erased; null for who may not. */
export type AskToErase = ((customer: OpenedCustomer) => void) | null

export const AskToEraseContext = createContext<AskToErase>(null)
export const useAskToErase = (): AskToErase => useContext(AskToEraseContext)

/** Who is offered it; the center decides. */
export const mayErase = (role: Role | undefined): boolean => role === 'supervisor' || role === 'manager'

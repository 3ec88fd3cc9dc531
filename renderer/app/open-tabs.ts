import { z } from 'zod'
import { CustomerId } from '../../protocol/scalars.ts'

const Ids = z.array(CustomerId).max(50)

/**
 * Which customers' tabs a user had open, so that half a sentence about one is found again after a crash or a reload.
 * Keeps ids only: names stay in the encrypted files of the core.
 */
export interface OpenTabs {
  read(userId: string): readonly CustomerId[]
  write(userId: string, customers: readonly CustomerId[]): void
}

export function createOpenTabs(storage: Pick<Storage, 'getItem' | 'setItem'>): OpenTabs {
  const keyOf = (userId: string): string => `ringside.tabs.${userId}`
  return {
    read(userId) {
      try {
        return Ids.parse(JSON.parse(storage.getItem(keyOf(userId)) ?? '[]'))
      } catch {
        // Whatever else stands there was not written by this version: begin with none.
        return []
      }
    },
    write: (userId, customers) => storage.setItem(keyOf(userId), JSON.stringify(customers)),
  }
}

import { z } from 'zod'
import { CallId, CustomerId } from '../../protocol/scalars.ts'
import { places } from './workspace.ts'

const Ids = z.array(CustomerId).max(50)
const Shown = z.strictObject({
  place: z.enum(places),
  tab: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('call'), callId: CallId }),
      z.strictObject({ kind: z.literal('customer'), customerId: CustomerId }),
    ])
    .nullable(),
})
export type Shown = z.infer<typeof Shown>

/**
 * Keeps which customers' tabs a user had open and what was on the screen of this window, so that unfinished text is
 * found again after a crash or a reload. It keeps ids only: names stay in the encrypted files of the core.
 */
export interface OpenTabs {
  read(userId: string): readonly CustomerId[]
  write(userId: string, customers: readonly CustomerId[]): void
  /** Null: this window has shown nothing to this user yet. */
  readShown(userId: string): Shown | null
  writeShown(userId: string, shown: Shown): void
}

type Kept = Pick<Storage, 'getItem' | 'setItem'>

/** `ofWindow` is storage that outlives a reload and belongs to this window only. */
export function createOpenTabs(storage: Kept, ofWindow: Kept): OpenTabs {
  const keyOf = (userId: string): string => `ringside.tabs.${userId}`
  const shownOf = (userId: string): string => `ringside.shown.${userId}`
  return {
    read: (userId) => kept(storage, keyOf(userId), Ids) ?? [],
    write: (userId, customers) => storage.setItem(keyOf(userId), JSON.stringify(customers)),
    readShown: (userId) => kept(ofWindow, shownOf(userId), Shown),
    writeShown: (userId, shown) => ofWindow.setItem(shownOf(userId), JSON.stringify(shown)),
  }
}

function kept<T>(storage: Kept, key: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(storage.getItem(key) ?? 'null'))
  } catch {
    // Anything else in the storage was not written by this version: start with none.
    return null
  }
}

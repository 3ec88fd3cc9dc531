import type { CustomerId } from '../../protocol/scalars.ts'
import { applyChanges } from '../apply/apply-changes.ts'
import { nothingTouched, type Touched } from '../apply/touched.ts'
import type { OpenedFiles } from '../files/open-files.ts'
import { holdHistory, useHistory } from '../history/held-history.ts'
import { noteOwnScopes, ownScopes, rowsOfOthers } from '../history/own-rows.ts'
import type { ShownCommands } from './shown-commands.ts'

/**
 * What no snapshot brings: rows of a team or a person, and the older history of who is looked at. What was fetched is
 * noted only in the cache that it was fetched for (`file`): another may have taken its place meanwhile.
 */
export const scopeWrites = (files: OpenedFiles, shown: ShownCommands) => ({
  ownScopes: (): string[] => ownScopes(files.cache),
  /** Takes away rows of teams and people that whoever works here now is none of. */
  leaveRowsOfOthers: (scopes: readonly string[]): Touched => {
    const gone = rowsOfOthers(files.cache, scopes)
    return gone.length === 0 ? nothingTouched : applyChanges(files.cache, gone, null, shown.pending())
  },
  noteOwnScopes: (scopes: readonly string[], file: string): void => {
    if (files.cachePath === file) noteOwnScopes(files.cache, scopes)
  },
  holdHistory: (customerIds: readonly CustomerId[], file: string, now: number): Touched => (files.cachePath === file ? holdHistory(files.cache, customerIds, now) : nothingTouched),
  useHistory: (customerId: CustomerId, now: number): void => useHistory(files.cache, customerId, now),
})

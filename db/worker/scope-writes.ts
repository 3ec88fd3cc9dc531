import type { CustomerId } from '../../protocol/scalars.ts'
import { applyChanges } from '../apply/apply-changes.ts'
import { nothingTouched, type Touched } from '../apply/touched.ts'
import type { OpenedFiles } from '../files/open-files.ts'
import { holdHistory, useHistory } from '../history/held-history.ts'
import { noteOwnScopes, ownScopes, rowsOfOthers } from '../history/own-rows.ts'
import type { ShownCommands } from './shown-commands.ts'

/**
 * Writes rows that are in no snapshot: those of a team or a user, and the older history of customers whose record is
 * open. The writer notes that such rows are here only if the cache is still the one (`file`) for which the workstation
 * asked the server. A new cache may have replaced it meanwhile, and that one does not hold the rows.
 */
export const scopeWrites = (files: OpenedFiles, shown: ShownCommands) => ({
  ownScopes: (): string[] => ownScopes(files.cache),
  /** Removes rows of teams and users to which the present user does not belong. */
  leaveRowsOfOthers: (scopes: readonly string[]): Touched => {
    const gone = rowsOfOthers(files.cache, scopes)
    return gone.length === 0 ? nothingTouched : applyChanges(files.cache, gone, null, shown.pending())
  },
  noteOwnScopes: (scopes: readonly string[], file: string): void => {
    if (files.cachePath === file) noteOwnScopes(files.cache, scopes)
  },
  holdHistory: (customerIds: readonly CustomerId[], file: string, now: number): Touched =>
    files.cachePath === file ? holdHistory(files.cache, customerIds, now) : nothingTouched,
  useHistory: (customerId: CustomerId, now: number): void => useHistory(files.cache, customerId, now),
})

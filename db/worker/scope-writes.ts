import type { CustomerId } from '../../protocol/scalars.ts'
import { applyChanges } from '../apply/apply-changes.ts'
import { nothingTouched, type Touched } from '../apply/touched.ts'
import type { OpenedFiles } from '../files/open-files.ts'
import { holdHistory, useHistory } from '../history/held-history.ts'
import { noteOwnScopes, ownScopes, rowsOfOthers } from '../history/own-rows.ts'
import type { ShownCommands } from './shown-commands.ts'

/**
 * Rows that no snapshot brings: those of a team or a user, and the older history of customers whom somebody looks at.
 * What was fetched is recorded only in the cache for which it was fetched (`file`), because another cache may have
 * taken its place meanwhile.
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

import type { CachePlace } from '../../db/files/cache-file.ts'

/**
 * The server makes snapshot files for the scopes that many users share. The rows of a team and of one user are fetched
 * separately (`link/own-rows.ts`).
 */
export const isShared = (scope: string) => !/^(team|user):/.test(scope)

/** Whether a file holds exactly the shared scopes of a user with `scopes`: neither too much nor too little. */
export const holdsScopesOf = (file: readonly string[], scopes: readonly string[]): boolean =>
  JSON.stringify(scopes.filter(isShared).toSorted()) === JSON.stringify(file.filter(isShared).toSorted())

/** Whether a cache belongs to this history (`epoch`) and holds the scopes that its user may have. */
export function cacheFits(place: CachePlace, epoch: string, scopes: readonly string[]): boolean {
  return place.epoch === epoch && holdsScopesOf(place.scopes, scopes)
}

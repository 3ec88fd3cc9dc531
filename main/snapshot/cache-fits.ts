import type { CachePlace } from '../../db/files/cache-file.ts'

/** Files are made for what many may have; a team's and a person's own rows are fetched beside them (`link/own-rows.ts`). */
export const isShared = (scope: string) => !/^(team|user):/.test(scope)

/** Whether a file holds just the shared scopes of somebody with `scopes`: neither too much nor too little. */
export const holdsScopesOf = (file: readonly string[], scopes: readonly string[]): boolean =>
  JSON.stringify(scopes.filter(isShared).toSorted()) === JSON.stringify(file.filter(isShared).toSorted())

/** Whether a cache is of this history and of the scopes that its user may have. */
export function cacheFits(place: CachePlace, epoch: string, scopes: readonly string[]): boolean {
  return place.epoch === epoch && holdsScopesOf(place.scopes, scopes)
}

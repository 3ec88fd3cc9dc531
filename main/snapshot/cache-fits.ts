import type { CachePlace } from '../../db/files/cache-file.ts'

/** A team's and a person's own rows come over the log only; files are made for what many may have. */
const isShared = (scope: string) => !/^(team|user):/.test(scope)

/** Whether a cache is of this history and of just the shared scopes that its user may have: neither too much nor too little. */
export function cacheFits(place: CachePlace, epoch: string, scopes: readonly string[]): boolean {
  return place.epoch === epoch && JSON.stringify(scopes.filter(isShared).toSorted()) === JSON.stringify(place.scopes.filter(isShared).toSorted())
}

import type { User } from '../../protocol/entities.ts'

/** The scopes that anybody of this kind may have, without those of their team and their own. */
export function sharedScopes(user: Pick<User, 'role'>): string[] {
  switch (user.role) {
    case 'supervisor':
    case 'manager':
      return ['finance', 'org']
    case 'agent':
    case 'frontDesk':
    case 'fieldSales':
      return ['org']
    default:
      return user.role satisfies never
  }
}

/** What a user has for themselves and their team. */
export const ownScopes = (user: Pick<User, 'id' | 'team'>): string[] => [`team:${user.team}`, `user:${user.id}`]

/** Everything that a user may have. The one place that decides it: feed, snapshot and lookup all ask here. */
export function scopesOf(user: Pick<User, 'id' | 'role' | 'team'>): string[] {
  return [...sharedScopes(user), ...ownScopes(user)].toSorted()
}

/** Whether a row of `scope` may go to somebody with `scopes`. */
export const mayHave = (scopes: readonly string[], scope: string): boolean => scopes.includes(scope)

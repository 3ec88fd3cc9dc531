import type { User } from '../../protocol/entities.ts'

/** The scopes that every user of this role may see, without those of their team and their own. */
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

/** The scopes of a user's own and of their team. */
export const ownScopes = (user: Pick<User, 'id' | 'team'>): string[] => [`team:${user.team}`, `user:${user.id}`]

/** Every scope that a user may see. Feed, snapshot and lookup all ask here; nothing else decides it. */
export function scopesOf(user: Pick<User, 'id' | 'role' | 'team'>): string[] {
  return [...sharedScopes(user), ...ownScopes(user)].toSorted()
}

/** Whether a user with `scopes` may see a row of `scope`. */
export const mayHave = (scopes: readonly string[], scope: string): boolean => scopes.includes(scope)

import { entityNames } from '../../protocol/entities.ts'
import type { User } from '../../protocol/entities.ts'
import type { ListPlace } from '../../protocol/wire.ts'
import { ownScopes } from '../auth/visible.ts'
import type { Queryable } from '../db/connect.ts'
import { listRows, type RowListing } from './row-listing.ts'

/** The rows in the scopes of a user and of their team. Later changes come over the feed. */
export const ownRows = (db: Queryable, user: Pick<User, 'id' | 'team'>, after: ListPlace | null): Promise<RowListing> =>
  listRows(
    db,
    'own',
    entityNames.map((entity) => ({ entity, condition: 'scope = any($1)', values: [ownScopes(user)] })),
    after,
  )

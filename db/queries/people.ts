import type { z } from 'zod'
import type { PersonName } from '../../protocol/record.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { Candidate } from '../../protocol/match.ts'
import type { QueryResult } from '../../protocol/workstation.ts'
import type { ReadableDb } from '../handles.ts'
import { latinTown } from '../search/latin-town.ts'

type Named = z.infer<typeof PersonName>

/** The names of the colleagues with these ids; a colleague whom this cache does not know is left out. */
export function personNames(db: ReadableDb, ids: Iterable<string | null | undefined>): Named[] {
  const wanted = new Set<string>()
  for (const id of ids) if (id) wanted.add(id)
  // There are only a few: reading each by its key costs less than one statement over a list.
  return [...wanted]
    .toSorted()
    .flatMap(
      (id) =>
        db.get<Named>('SELECT "id" AS "userId", "displayName", "nativeName" FROM "user" WHERE "id" = ?', id) ?? [],
    )
}

/** All active colleagues, sorted by name. */
export const colleagues = (db: ReadableDb): QueryResult<'colleagues'> =>
  db.all(
    'SELECT "id" AS "userId", "displayName", "nativeName", "extension", "role", "team" FROM "user" WHERE "active" = 1 ORDER BY "displayName", "id"',
  )

/** A customer in the form that lists show. */
export type CustomerBrief = Omit<Candidate, 'reasons'>

const briefSql = `SELECT c."id" AS "customerId", c."kind", c."number", c."displayName", c."nativeName", o."displayName" AS "organisationName", o."nativeName" AS "organisationNativeName", c."city", c."tier"
  FROM "customer" c LEFT JOIN "customer" o ON o."id" = c."organisationId"`

export const customerBrief = (db: ReadableDb, id: CustomerId): CustomerBrief | null =>
  withLatinTown(db.get<CustomerBrief>(`${briefSql} WHERE c."id" = ?`, id) ?? null)

function withLatinTown(brief: CustomerBrief | null): CustomerBrief | null {
  const cityLatin = latinTown(brief?.city ?? null)
  return brief === null || cityLatin === null ? brief : { ...brief, cityLatin }
}

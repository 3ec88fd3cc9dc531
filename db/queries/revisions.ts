import { earlierRevisionIds } from '../../domain/interaction-revisions.ts'
import type { QueryResult } from '../../protocol/workstation.ts'
import type { ReadableDb } from '../handles.ts'
import { readRow } from '../rows/store.ts'
import { personNames } from './people.ts'

/** How many revisions are read; nobody reads further back. */
const READ_AT_MOST = 50

/** The texts of a contact before it was revised, the newest first. */
export function revisionsOf(db: ReadableDb, interactionId: string): QueryResult<'interaction.revisions'> {
  const interaction = readRow(db, 'interaction', interactionId)
  const ids = interaction ? earlierRevisionIds(interaction, READ_AT_MOST) : []
  const revisions = ids.flatMap((id) => readRow(db, 'interactionRevision', id) ?? [])
  return {
    revisions,
    people: personNames(
      db,
      revisions.map(({ writtenBy }) => writtenBy),
    ),
  }
}

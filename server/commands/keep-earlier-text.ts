import type { Interaction } from '../../protocol/entities.ts'
import type { Queryable } from '../db/connect.ts'

/** An edit of a note is a revision: what it replaces stays readable. */
export async function keepEarlierText(db: Queryable, before: Interaction, by: { userId: string; at: number }): Promise<void> {
  await db.query(
    `insert into interaction_revision (interaction_id, revision, note, matter, outcome, replaced_by, replaced_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [before.id, before.revision, before.note, before.matter, before.outcome, by.userId, by.at],
  )
}

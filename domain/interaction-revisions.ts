import type { Interaction, InteractionRevision } from '../protocol/entities.ts'

/**
 * The id of the row that keeps revision `revision` (1 is the first) of a contact. It is computed from the contact's id,
 * so that a rule without randomness can make it and a reader can find every revision without an index: the UUID has
 * version 8 (RFC 9562, §5.8) instead of 7, and the revision is added to its last 32 bits.
 */
export function revisionId(interactionId: string, revision: number): string {
  const counted = (Number.parseInt(interactionId.slice(-8), 16) + revision) % 2 ** 32
  return `${interactionId.slice(0, 14)}8${interactionId.slice(15, -8)}${counted.toString(16).padStart(8, '0')}`.toLowerCase()
}

/**
 * The ids of the earlier revisions, the newest first. There are at most `atMost` of them, because a row from elsewhere
 * may claim any revision number.
 */
export const earlierRevisionIds = ({ id, revision }: Pick<Interaction, 'id' | 'revision'>, atMost: number): string[] =>
  Array.from({ length: Math.max(0, Math.min(Math.floor(revision) - 1, atMost)) }, (_, index) =>
    revisionId(id, revision - 1 - index),
  )

/** The row that keeps a contact's text before its next revision replaces it. */
export const keptRevision = (before: Interaction): Omit<InteractionRevision, 'version'> => ({
  id: revisionId(before.id, before.revision),
  interactionId: before.id,
  customerId: before.customerId,
  revision: before.revision,
  note: before.note,
  matter: before.matter,
  outcome: before.outcome,
  writtenBy: before.revisedBy ?? before.userId,
  writtenAt: before.revisedAt ?? before.endedAt ?? before.startedAt,
  scope: before.scope,
})

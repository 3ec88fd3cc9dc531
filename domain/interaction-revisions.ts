import type { Interaction, InteractionRevision } from '../protocol/entities.ts'

/**
 * The id of the row that keeps revision `revision` (1 is the first) of a contact. It follows from the contact's id, so
 * that a rule without randomness can make it and a reader finds every revision without an index: version 8 (RFC 9562,
 * §5.8) instead of 7, and the last 32 bits counted on by the revision.
 */
export function revisionId(interactionId: string, revision: number): string {
  const counted = (Number.parseInt(interactionId.slice(-8), 16) + revision) % 2 ** 32
  return `${interactionId.slice(0, 14)}8${interactionId.slice(15, -8)}${counted.toString(16).padStart(8, '0')}`.toLowerCase()
}

/** The ids of the earlier revisions, the newest first, `atMost` of them: a row from elsewhere may claim any number. */
export const earlierRevisionIds = ({ id, revision }: Pick<Interaction, 'id' | 'revision'>, atMost: number): string[] =>
  Array.from({ length: Math.max(0, Math.min(Math.floor(revision) - 1, atMost)) }, (_, index) => revisionId(id, revision - 1 - index))

/** What is kept of a contact before its next revision replaces it. */
export const keptRevision = (before: Interaction): Omit<InteractionRevision, 'version'> => ({
  id: revisionId(before.id, before.revision), interactionId: before.id, customerId: before.customerId, revision: before.revision, note: before.note,
  matter: before.matter, outcome: before.outcome, writtenBy: before.revisedBy ?? before.userId, writtenAt: before.revisedAt ?? before.endedAt ?? before.startedAt, scope: before.scope,
})

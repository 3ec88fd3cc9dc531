import { emptyDraft, type DraftContent } from '../protocol/draft.ts'

/** Whether somebody typed or chose something. */
export function hasTyped(content: DraftContent): boolean {
  const { note, ...rest } = content
  // Whom they chose is no text.
  const { note: _, noneOfThem: __, ...empty } = emptyDraft
  return note.trim() !== '' || (Object.keys(empty) as (keyof typeof empty)[]).some((field) => (rest[field] ?? null) !== empty[field])
}

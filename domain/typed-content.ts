import { emptyDraft, type DraftContent } from '../protocol/draft.ts'

/**
 * Whether somebody typed something of their own. `given`: the note that came with the call (a colleague handed it over)
 * and is nobody's typing here.
 */
export function hasTyped(content: DraftContent, given = ''): boolean {
  const { note, ...rest } = content
  // Whom they chose is no text.
  const { note: _, noneOfThem: __, ...empty } = emptyDraft
  const own = note.trim()
  return (own !== '' && own !== given.trim()) || (Object.keys(empty) as (keyof typeof empty)[]).some((field) => (rest[field] ?? null) !== empty[field])
}

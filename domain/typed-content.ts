import { emptyDraft, type DraftContent } from '../protocol/draft.ts'

/** Whether a draft holds anything that a user typed or chose. */
export function hasTyped(content: DraftContent): boolean {
  const { note, ...rest } = content
  // `noneOfThem` says whom the user chose; it is not typed content.
  const { note: _, noneOfThem: __, ...empty } = emptyDraft
  return (
    note.trim() !== '' ||
    (Object.keys(empty) as (keyof typeof empty)[]).some((field) => (rest[field] ?? null) !== empty[field])
  )
}

import { emptyDraft, type DraftContent } from '../protocol/draft.ts'

/**
 * Merges what was typed about a customer before they called into the draft of the call; the earlier note comes first.
 * Null where both drafts hold something in the same field, because one of the two would be lost.
 */
export function mergedContent(ofCall: DraftContent, before: DraftContent): DraftContent | null {
  const merged: Record<string, unknown> = { note: mergedNote(ofCall.note, before.note) }
  for (const key of (Object.keys(emptyDraft) as (keyof DraftContent)[]).filter((name) => name !== 'note')) {
    const [own, other, none] = [ofCall[key], before[key], emptyDraft[key]].map((value) => JSON.stringify(value ?? null))
    if (own !== none && other !== none && own !== other) return null
    merged[key] = own === none ? before[key] : ofCall[key]
  }
  return merged as DraftContent
}

function mergedNote(own: string, before: string): string {
  if (before.trim() === '' || own.includes(before.trim())) return own
  return own.trim() === '' ? before : `${before}\n${own}`
}

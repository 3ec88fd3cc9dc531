/** Letters and marks that take no ink: spaces of every kind, format characters, and the fillers of some scripts. */
const inkless = /[\s\p{Z}\p{C}\u115f\u1160\u2800\u3164\uffa0\ufffd]/gu
/** Spaces, marks of direction, and what has no width, as they come along with a copied name. */
const around = /^[\s\p{Z}\u200b\u200e\u200f\u061c\u2060\ufeff]+|[\s\p{Z}\u200b\u200e\u200f\u061c\u2060\ufeff]+$/gu
/** Control characters, line breaks too; private and unassigned characters do no harm. */
const control = /[\p{Cc}\u2028\u2029]/u
/**
 * What cannot be seen and changes how the text around it is read: marks of direction and what has no width. The joiners
 * (U+200C, U+200D) are letters' own in Persian, Hindi and emoji, and variation selectors and tags are parts of emoji.
 */
const hidden = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffd]/u

/** Whether a reader would see nothing: empty, spaces, or characters without ink. */
export const isBlank = (text: string): boolean => text.replace(inkless, '') === ''

/** A name or other short line without what surrounds it unseen. */
export const trimmed = (text: string): string => text.replace(around, '')

/** Why a short line cannot be kept as it is; null: it can. */
export function lineProblem(text: string): 'blank' | 'controlCharacter' | 'hiddenCharacter' | null {
  if (isBlank(text)) return 'blank'
  const inner = trimmed(text)
  if (control.test(inner)) return 'controlCharacter'
  return hidden.test(inner) || !inner.isWellFormed() ? 'hiddenCharacter' : null
}

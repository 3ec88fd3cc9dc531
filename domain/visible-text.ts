/** Characters that are invisible: spaces of every kind, format characters, and the fillers of some scripts. */
const inkless = /[\s\p{Z}\p{C}\u115f\u1160\u2800\u3164\uffa0\ufffd]/gu
/** Spaces, direction marks and zero-width characters, which come along with a copied name. */
const around = /^[\s\p{Z}\u200b\u200e\u200f\u061c\u2060\ufeff]+|[\s\p{Z}\u200b\u200e\u200f\u061c\u2060\ufeff]+$/gu
/** Control characters and line breaks; private and unassigned characters do no harm. */
const control = /[\p{Cc}\u2028\u2029]/u
/**
 * Invisible characters that change how the text around them is read: direction marks and zero-width characters. The
 * joiners (U+200C, U+200D) are not among them, because Persian, Hindi and emoji need them; nor are variation selectors
 * and tags, which are parts of emoji.
 */
const hidden = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffd]/u

/** Whether a reader would see nothing: the text is empty, spaces, or invisible characters. */
export const isBlank = (text: string): boolean => text.replace(inkless, '') === ''

/** A name or other short line without the invisible characters around it. */
export const trimmed = (text: string): string => text.replace(around, '')

/** Why a short line cannot be kept as it is; null: it can. */
export function lineProblem(text: string): 'blank' | 'controlCharacter' | 'hiddenCharacter' | null {
  if (isBlank(text)) return 'blank'
  const inner = trimmed(text)
  if (control.test(inner)) return 'controlCharacter'
  return hidden.test(inner) || !inner.isWellFormed() ? 'hiddenCharacter' : null
}

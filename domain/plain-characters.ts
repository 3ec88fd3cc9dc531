/** Every character that people and programs write as a hyphen or a minus between digits. */
const hyphens = /[\p{Pd}\u00ad\u02d7\u2043\u207b\u2212\u2796\u30fc\uff70]/gu
/**
 * Invisible characters: direction marks, zero-width characters, and the combining marks that turn a digit into an
 * emoji.
 */
const unseen = /[\p{Cf}\p{Mn}\p{Me}]/gu

/**
 * Simplifies a text that contains digits before anything reads it: the digits of every script become 0 to 9; full-width
 * signs, plus, hyphens and spaces become those of ASCII; invisible characters are removed. Letters of other scripts
 * stay.
 */
export function plainCharacters(text: string): string {
  return text
    .replace(hyphens, '-')
    .replace(unseen, '')
    .normalize('NFKC')
    .replace(hyphens, '-')
    .replace(/[\p{Zs}\t]/gu, ' ')
    .replace(/\u2795/g, '+')
    .replace(/\p{Nd}/gu, valueOfDigit)
}

/** The ten digits of a script follow each other from nought to nine, and so do several such sets (Unicode §4.6). */
function valueOfDigit(digit: string): string {
  const code = digit.codePointAt(0)!
  if (code < 0x80) return digit
  let first = code
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1
  return String((code - first) % 10)
}

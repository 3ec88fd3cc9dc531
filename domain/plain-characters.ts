/** Every character that people and programs write for a hyphen or a minus between digits. */
const hyphens = /[\p{Pd}\u00ad\u02d7\u2043\u207b\u2212\u2796\u30fc\uff70]/gu
/** What is not seen: marks of direction, zero-width characters, and the accents that dress a digit up as a sign. */
const unseen = /[\p{Cf}\p{Mn}\p{Me}]/gu

/**
 * Text that holds digits, as it is before anything reads it: the digits of every script as 0 to 9, full-width signs,
 * plus, hyphens and spaces as those of ASCII, and nothing that is not seen. Letters of other scripts stay.
 */
export function plainCharacters(text: string): string {
  return text.replace(hyphens, '-').replace(unseen, '').normalize('NFKC').replace(hyphens, '-').replace(/[\p{Zs}\t]/gu, ' ').replace(/\u2795/g, '+').replace(/\p{Nd}/gu, valueOfDigit)
}

/** A script's ten digits follow each other from nought to nine, and so does one set of ten after another (Unicode §4.6). */
function valueOfDigit(digit: string): string {
  const code = digit.codePointAt(0)!
  if (code < 0x80) return digit
  let first = code
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1
  return String((code - first) % 10)
}

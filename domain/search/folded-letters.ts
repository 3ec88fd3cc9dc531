/**
 * Latin letters that Unicode does not decompose into a plain letter and its marks, and what people type for them on a
 * plain keyboard. Every other accented letter is folded by its decomposition. Only lower-case letters are listed,
 * because the text is already in lower case.
 */
const typedAs: readonly (readonly [typed: string, letters: string])[] = [
  ['a', 'ªⱥɐɑ'],
  ['ae', 'æǽǣ'],
  ['b', 'ƀɓƃ'],
  ['c', 'ƈȼɔǀ'],
  ['d', 'đðɖɗƌȡẟƍ'],
  ['db', 'ȸ'],
  ['dz', 'ƻ'],
  ['e', 'ǝəɛɇ'],
  ['f', 'ƒ'],
  ['g', 'ǥɠɣ'],
  ['h', 'ħƅ'],
  ['hv', 'ƕ'],
  ['i', 'ıɨɩ'],
  ['j', 'ȷɉ'],
  ['k', 'ĸƙ'],
  ['l', 'łƚȴƛ'],
  ['ll', 'ỻ'],
  ['m', 'ɯ'],
  ['n', 'ŋɲƞȵ'],
  ['o', 'øǿɵº'],
  ['oe', 'œ'],
  ['oi', 'ƣ'],
  ['ou', 'ȣ'],
  ['p', 'ƥ'],
  ['q', 'ɋƽǃ'],
  ['qp', 'ȹ'],
  ['r', 'ɍʀ'],
  ['s', 'ſẜẝȿʃƪ'],
  ['ss', 'ß'],
  ['t', 'ŧƫƭʈȶⱦ'],
  ['tc', 'ǂ'],
  ['th', 'þ'],
  ['ts', 'ƾ'],
  ['u', 'ʊʉ'],
  ['v', 'ʋʌỽ'],
  ['w', 'ƿ'],
  ['x', 'ǁ'],
  ['y', 'ƴȝɏỿ'],
  ['z', 'ƶʒƹȥɀƨƺ'],
  // Glottal stops and apostrophes that are letters: people leave them out.
  ['', 'ɂʔʻʼʽʾʿˈʹʺ'],
]
const folded = new Map(typedAs.flatMap(([typed, letters]) => Array.from(letters, (letter) => [letter, typed] as const)))
/** The ranges that contain all these letters: searching for a short range is much quicker than for each letter. */
const folds = /[\u00aa-\u02ff\u1e9c-\u1eff\u2c60-\u2c7f]/g

const isPlain = /^[\t-\r -~]*$/

/**
 * Folds Latin text to the lower-case letters of a plain keyboard: "Đặng Văn Đức" to "dang van duc", "Strauß" to
 * "strauss".
 */
export const foldLatin = (text: string): string =>
  isPlain.test(text)
    ? text.toLowerCase()
    : text
        .toLowerCase()
        .normalize('NFKD')
        .replace(/\p{Mn}/gu, '')
        .replaceAll('l·', 'l')
        .replace(folds, (letter) => folded.get(letter) ?? letter)

/** How people spell letters that their keyboard lacks, where this differs from how the letters fold: ü as "ue". */
const speltOut: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }

const hasSpelling = /[äöüåø]|\u0308|\u030a/i

/** The words of a text that have a second spelling, in that spelling: "Jürgen Müller" gives "juergen", "mueller". */
export const speltOtherwise = (text: string): string[] =>
  !hasSpelling.test(text)
    ? []
    : text
        .toLowerCase()
        .normalize('NFC')
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => /[äöüåø]/.test(word))
        .map((word) => foldLatin(word.replaceAll(/[äöüåø]/g, (letter) => speltOut[letter]!)))

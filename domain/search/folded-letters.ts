/**
 * Letters of the Latin blocks that Unicode does not take apart into a plain letter and its marks, and what they are typed
 * as on a plain keyboard. Every other accented letter folds by its decomposition. Only small letters: the text is lower case by then.
 */
const typedAs: readonly (readonly [typed: string, letters: string])[] = [
  ['a', 'ªⱥɐɑ'], ['ae', 'æǽǣ'], ['b', 'ƀɓƃ'], ['c', 'ƈȼɔǀ'], ['d', 'đðɖɗƌȡẟƍ'], ['db', 'ȸ'], ['dz', 'ƻ'], ['e', 'ǝəɛɇ'], ['f', 'ƒ'], ['g', 'ǥɠɣ'], ['h', 'ħƅ'], ['hv', 'ƕ'],
  ['i', 'ıɨɩ'], ['j', 'ȷɉ'], ['k', 'ĸƙ'], ['l', 'łƚȴƛ'], ['ll', 'ỻ'], ['m', 'ɯ'], ['n', 'ŋɲƞȵ'], ['o', 'øǿɵº'], ['oe', 'œ'], ['oi', 'ƣ'], ['ou', 'ȣ'], ['p', 'ƥ'], ['q', 'ɋƽǃ'], ['qp', 'ȹ'],
  ['r', 'ɍʀ'], ['s', 'ſẜẝȿʃƪ'], ['ss', 'ß'], ['t', 'ŧƫƭʈȶⱦ'], ['tc', 'ǂ'], ['th', 'þ'], ['ts', 'ƾ'], ['u', 'ʊʉ'], ['v', 'ʋʌỽ'], ['w', 'ƿ'], ['x', 'ǁ'], ['y', 'ƴȝɏỿ'], ['z', 'ƶʒƹȥɀƨƺ'],
  // Glottal stops and apostrophes that are letters: nobody types them.
  ['', 'ɂʔʻʼʽʾʿˈʹʺ'],
]
const folded = new Map(typedAs.flatMap(([typed, letters]) => Array.from(letters, (letter) => [letter, typed] as const)))
/** Where all of them stand: a short range is much quicker to look for than each of them. */
const folds = /[\u00aa-\u02ff\u1e9c-\u1eff\u2c60-\u2c7f]/g

const isPlain = /^[\t-\r -~]*$/

/** Latin text in small letters of a plain keyboard: "Đặng Văn Đức" as "dang van duc", "Strauß" as "strauss". */
export const foldLatin = (text: string): string =>
  isPlain.test(text) ? text.toLowerCase() : text.toLowerCase().normalize('NFKD').replace(/\p{Mn}/gu, '').replaceAll('l·', 'l').replace(folds, (letter) => folded.get(letter) ?? letter)

/** How people spell letters out that their keyboard lacks, where that is not how they fold: ü as "ue". */
const speltOut: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }

const hasSpelling = /[äöüåø]|\u0308|\u030a/i

/** The words of a text that are also spelt another way, in that way: "Jürgen Müller" gives "juergen", "mueller". */
export const speltOtherwise = (text: string): string[] =>
  !hasSpelling.test(text) ? [] : text.toLowerCase().normalize('NFC').split(/[^\p{L}\p{N}]+/u).filter((word) => /[äöüåø]/.test(word)).map((word) => foldLatin(word.replaceAll(/[äöüåø]/g, (letter) => speltOut[letter]!)))

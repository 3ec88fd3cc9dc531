/**
 * Titles that people say and type with a name but that no record contains; in lower case, folded, in simplified
 * characters.
 */
const before = new Set(
  (
    'mr mrs ms miss mister missus mx dr prof professor doctor sir madam maam herr frau herrn fraulein hr fr monsieur madame mademoiselle mme mlle m ' +
    'senor senora senorita sr sra srta dom dona don signor signora signorina sig dhr mevr mevrouw meneer pan pani'
  ).split(' '),
)
const behind =
  /(?:先生|女士|小姐|太太|夫人|老师|老板|经理|总监|主任|师傅|医生|教授|博士|律师|同学|同志|阿姨|叔叔|大哥|大姐|总|さん|さま|様|씨|님)$/u

/**
 * The words without the titles before and after a name: "Mr. Smith", "Frau Dr. Müller", "王女士". Null where there is no
 * title, or nothing but titles: then all words are searched as they are.
 */
export function withoutHonorifics(words: readonly string[]): string[] | null {
  const first = words.findIndex((word) => !before.has(word))
  const kept = (first < 0 ? [] : words.slice(first))
    .map((word) => (word.length > 1 ? word.replace(behind, '') : word))
    .filter((word) => word !== '')
  return kept.length > 0 && kept.join(' ') !== words.join(' ') ? kept : null
}

import { plainCharacters } from '../plain-characters.ts'

const simplified: Readonly<Record<string, string>> = {
  點: '点',
  時: '时',
  號: '号',
  週: '周',
  個: '个',
  鐘: '钟',
  後: '后',
  兩: '两',
  禮: '礼',
  這: '这',
  過: '过',
  內: '内',
}

const chineseDigits = '零一二三四五六七八九'
/** Chinese numerals before the thing that they count; the day in 周三 and 星期三 is a name and stays. */
const chineseNumber =
  /(?<![周期拜])[〇零一二两三四五六七八九十]+(?=\s*(?:点|时|分|刻|月|日|号|天|周|礼拜|星期|个|小时|工作日))/g
/** The minutes after an hour: 十点二十, 十点零五. */
const chineseMinutes = /(?<=[点时]\s*)[〇零一二三四五六七八九十]+/g

function valueOfChinese(written: string): string {
  const text = written.replaceAll('〇', '零').replaceAll('两', '二')
  const [tens, ones] = text.includes('十') ? text.split('十') : ['零', text]
  const digit = (of: string | undefined, none: number): number => (of ? chineseDigits.indexOf(of.at(-1)!) : none)
  const value = digit(tens, 1) * 10 + digit(ones, 0)
  return String(value)
}

const numberWords: readonly (readonly string[])[] = [
  ['one', 'eins', 'ein', 'eine', 'einem', 'einer', 'einen', 'un', 'une'],
  ['two', 'zwei', 'deux'],
  ['three', 'drei', 'trois'],
  ['four', 'vier', 'quatre'],
  ['five', 'funf', 'cinq'],
  ['six', 'sechs'],
  ['seven', 'sieben'],
  ['eight', 'acht', 'huit'],
  ['nine', 'neun', 'neuf'],
  ['ten', 'zehn', 'dix'],
  ['eleven', 'elf', 'onze'],
  ['twelve', 'zwolf', 'douze'],
]
const valueOfWord = new Map(
  numberWords.flatMap((words, index) => words.map((word) => [word, String(index + 1)] as const)),
)
for (const [value, words] of [
  ['15', ['fifteen', 'quinze']],
  ['20', ['twenty', 'zwanzig', 'vingt']],
  ['30', ['thirty', 'dreissig', 'trente']],
  ['45', ['fortyfive']],
  ['90', ['ninety']],
] as const) {
  for (const word of words) valueOfWord.set(word, value)
}
const numberWord = word([...valueOfWord.keys()].toSorted((a, b) => b.length - a.length).join('|'))

/** Matches these words as whole words, not as parts of longer ones; a digit may follow directly. */
export function word(alternatives: string): RegExp {
  return new RegExp(`(?<![\\p{Script=Latin}'])(?:${alternatives})(?!\\p{Script=Latin})`, 'gu')
}

/**
 * Brings a typed time into the one form that the readers of this folder know: lower-case letters without accents, ASCII
 * digits, number words as digits, simplified characters, single spaces, no commas and brackets.
 */
export function timeText(typed: string): string {
  return plainCharacters(
    typed
      .slice(0, 300)
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .normalize('NFKD')
      .replace(/\p{Mn}/gu, ''),
  )
    .replaceAll(/[點時號週個鐘後兩禮這過內]/g, (character) => simplified[character]!)
    .replaceAll(/[’`´]/g, "'")
    .replaceAll(/[,，、。;；!！?？()（）"“”]/g, ' ')
    .replaceAll(chineseNumber, valueOfChinese)
    .replaceAll(chineseMinutes, valueOfChinese)
    .replaceAll(/\b(?:a )?couple (?:of )?(?=[a-z])/g, '2 ')
    .replaceAll(numberWord, (found) => valueOfWord.get(found)!)
    .replaceAll(/\s+/g, ' ')
    .trim()
}

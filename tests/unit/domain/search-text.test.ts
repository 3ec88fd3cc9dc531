import { describe, expect, test } from 'vitest'
import { foldLatin, speltOtherwise } from '../../../domain/search/folded-letters.ts'
import { withoutHonorifics } from '../../../domain/search/honorifics.ts'
import { simplified } from '../../../domain/search/simplified.ts'
import { foldText, searchTokens } from '../../../domain/search-text.ts'

const blocks = [
  ['Latin-1 Supplement', 0xc0, 0xff],
  ['Latin Extended-A', 0x100, 0x17f],
  ['Latin Extended-B', 0x180, 0x24f],
  ['Latin Extended Additional', 0x1e00, 0x1eff],
] as const
/** A glottal stop is written in names, but nobody types it. */
const silent = new Set(['Ɂ', 'ɂ'])
const lettersOf = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => String.fromCodePoint(from + n)).filter((letter) =>
    /\p{L}/u.test(letter),
  )

describe('how letters fold', () => {
  test.each(blocks)('every letter of %s can be typed on a plain keyboard, capital and small', (_, from, to) => {
    for (const letter of lettersOf(from, to)) {
      expect([letter, foldLatin(letter)]).toEqual([
        letter,
        expect.stringMatching(silent.has(letter) ? /^$/ : /^[a-z]{1,2}$/),
      ])
      expect([letter, foldLatin(letter.toLowerCase())]).toEqual([letter, foldLatin(letter)])
      expect([letter, foldText(letter)]).toEqual([letter, foldLatin(letter)])
      // A letter folds to the same before and after it is made small, and in one piece or in its parts (NFD).
      expect([letter, foldLatin(letter.normalize('NFD'))]).toEqual([letter, foldLatin(letter)])
    }
  })

  test.each([
    ['Đặng Văn Đức', 'dang van duc'],
    ['Strauß', 'strauss'],
    ['STRAUẞ', 'strauss'],
    ['Łukasz Żółć', 'lukasz zolc'],
    ['Søren Ærø', 'soren aero'],
    ['Þórr Guðmundsson', 'thorr gudmundsson'],
    ['Œuvré', 'oeuvre'],
    ['İstanbul Şığ', 'istanbul sig'],
    ['Ħamrun', 'hamrun'],
    ['Ŋaŋ', 'nan'],
    ['Ƴuguda Ɓature', 'yuguda bature'],
    ['Ștefan Țepeș', 'stefan tepes'],
    ['Nguyễn Thị Ánh', 'nguyen thi anh'],
    ['Kahoʻolawe', 'kahoolawe'],
    ['Ｍüller', 'muller'],
    ['ǅemal', 'dzemal'],
    ['Lǚ', 'lu'],
    ['ﬁnn', 'finn'],
    ['Əliyev', 'eliyev'],
    ['李偉', '李伟'],
    ['陳麗華', '陈丽华'],
    ['張　學友', '张 学友'],
    ['國際貿易有限公司', '国际贸易有限公司'],
    ['葉劍英', '叶剑英'],
    ['한국', '한국'],
    ['ガ', 'カ'],
  ])('"%s" as "%s"', (text, folded) => {
    expect(foldText(text)).toBe(folded)
    expect(foldText(folded)).toBe(folded)
  })

  test('an umlaut may be spelt out', () => {
    expect(speltOtherwise('Jürgen Müller-Strauß, Århus')).toEqual(['juergen', 'mueller', 'aarhus'])
    expect(speltOtherwise('Anna Smith 李伟')).toEqual([])
  })

  test('simplified characters stay, and traditional ones become simplified', () => {
    expect(simplified('李伟先生 Li 123')).toBe('李伟先生 Li 123')
    expect(simplified('龍鳳龜')).toBe('龙凤龟')
  })

  test('each CJK character is a token', () => {
    expect(searchTokens('李偉 Müller GmbH')).toEqual(['李', '伟', 'muller', 'gmbh'])
  })
})

test.each([
  [['mr', 'smith'], ['smith']],
  [['frau', 'muller'], ['muller']],
  [['herr', 'dr', 'weber'], ['weber']],
  [['李伟先生'], ['李伟']],
  [['王女士'], ['王']],
  [['李总'], ['李']],
  [['张', '老师'], ['张']],
  [['山田さん'], ['山田']],
  [
    ['mme', 'dubois', 'paris'],
    ['dubois', 'paris'],
  ],
  [['mr'], null],
  [['先生'], null],
  [['smith'], null],
  [['李伟'], null],
  [['smith', 'mr'], null],
  [['总'], null],
])('the title in %j leaves %j', (words, left) => {
  expect(withoutHonorifics(words)).toEqual(left)
})

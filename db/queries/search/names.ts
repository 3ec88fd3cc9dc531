import { foldText, hasCjk } from '../../../domain/search-text.ts'
import { fitsParts, isWhole, pinyinParts } from '../../../domain/pinyin-parts.ts'
import { Tier } from '../../../protocol/entities/customer.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import type { ReadableDb } from '../../handles.ts'
import { FAMILY_MARK, ORGANISATION_MARK } from '../../search/name-marks.ts'
import { pinyinSyllables } from '../../search/pinyin-words.ts'
import type { Hit } from './hit.ts'

/** Of one step so many are read, and the better customers among them come first: reading all who are called Li would take a second. */
const READ_AT_MOST = 60
const ORGANISATIONS = 5

/** Quoted, so that nothing typed is read as an operator of the search language. */
const word = (token: string) => `"${token.replaceAll('"', '""')}"`
const begun = (token: string) => `${word(token)}*`
const family = (token: string) => word(FAMILY_MARK + token)

/** By characters: who is called just so, whose name begins so (the family name does), then whoever has it in the name. */
export function* byCharacters(db: ReadableDb, tokens: readonly string[]): Generator<Hit> {
  if (tokens.every(hasCjk)) {
    const whole = FAMILY_MARK + tokens.join('')
    yield* matching(db, word(whole), 'nativeName')
    yield* matching(db, begun(whole), 'nativeName')
  }
  // Each character is a word of the index, so a run of them is a phrase; the last may be the beginning of a Latin word.
  yield* matching(db, `"names" : ${begun(tokens.join(' '))}`, 'nativeName')
  yield* ofOrganisations(db, begun(tokens.map((token) => ORGANISATION_MARK + token).join(' ')))
}

/** By Latin words: families before given names, whole words before beginnings ("Li" before "Lindqvist"), in names or in pinyin. */
export function* byWords(db: ReadableDb, tokens: readonly string[]): Generator<Hit> {
  for (const match of tokens.length === 1 ? stepsOfOne(tokens[0]!) : stepsOfMany(tokens)) yield* matching(db, match, 'name', tokens[0])
  yield* byMixedPinyin(db, tokens.join(''))
  yield* ofOrganisations(db, tokens.map((token) => begun(ORGANISATION_MARK + token)).join(' '))
}

/**
 * "zhengmr", "lwei": each character by its syllable or its initial. The index holds both as words: those of the syllables
 * that are whole, and the one of all initials, narrow it down; the name's own syllables decide.
 */
function* byMixedPinyin(db: ReadableDb, letters: string): Generator<Hit> {
  if (!/^[a-z]{3,24}$/.test(letters)) return
  for (const parts of pinyinParts(letters)) {
    const initials = begun(parts.map((part) => part[0]).join(''))
    // The last may be the beginning of another ("ru" of "rui"): only where nothing else is known it has to be a word.
    const whole = parts.slice(0, parts.length === 2 && !isWhole(parts[0]!) ? 2 : -1).filter(isWhole)
    const match = `"pinyin" : (${[...new Set(whole.map(word)), initials].join(' AND ')})`
    for (const { id, nativeName, displayName } of read(db, match)) {
      if (fitsParts(pinyinSyllables(nativeName ?? displayName), parts)) yield { customerId: id, foundBy: 'pinyin', found: null }
    }
  }
}

const stepsOfOne = (token: string) => [family(token), word(token), `${family(token)}*`, begun(token)]

/** "zhang wei" is one name, its family name first; "anna mül" one with it last. */
function stepsOfMany(tokens: readonly string[]): string[] {
  const [first, last] = [tokens[0]!, tokens.at(-1)!]
  const joined = tokens.join('')
  const all = (of: readonly string[], write: (token: string) => string) => of.map(write).join(' ')
  return [
    `"pinyin" : ${word(joined)}`,
    `${family(first)} ${all(tokens.slice(1), word)}`, `${family(last)} ${all(tokens.slice(0, -1), word)}`, all(tokens, word),
    `${family(first)} ${all(tokens.slice(1), begun)}`, `${family(last)}* ${all(tokens.slice(0, -1), begun)}`, all(tokens, begun),
    `"pinyin" : ${begun(joined)}`,
  ]
}

interface Named { readonly id: CustomerId; readonly tier: Tier; readonly displayName: string; readonly nativeName: string | null }

/** The first who match, the better customers among them first. */
function read(db: ReadableDb, match: string): Named[] {
  // By rowid, not by rank: ranking would read every match of "li*", which may be a hundred thousand.
  return db.all<{ rowid: number }>(`SELECT rowid FROM "customerSearch" WHERE "customerSearch" MATCH ? ORDER BY rowid LIMIT ${READ_AT_MOST}`, match)
    .flatMap(({ rowid }) => db.get<Named>('SELECT "id", "tier", "displayName", "nativeName" FROM "customer" WHERE "_searchId" = ?', rowid) ?? [])
    .toSorted((a, b) => Tier.options.indexOf(a.tier) - Tier.options.indexOf(b.tier))
}

function matching(db: ReadableDb, match: string, as: 'name' | 'nativeName', typed = ''): Hit[] {
  return read(db, match).map((named) => ({ customerId: named.id, foundBy: as === 'nativeName' ? scriptOf(named) : spellingOf(named, typed), found: null }))
}

const scriptOf = ({ nativeName }: Named): Hit['foundBy'] => (nativeName === null ? 'name' : 'nativeName')

const spellingOf = ({ displayName }: Named, typed: string): Hit['foundBy'] =>
  foldText(displayName).split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(typed)) ? 'name' : 'pinyin'

/** People of the organisations that match: who asks for "Chen Co." wants somebody there. */
function* ofOrganisations(db: ReadableDb, match: string): Generator<Hit> {
  const organisations = db.all<{ id: string; displayName: string }>(
    `SELECT c."id", c."displayName" FROM "customerSearch" s JOIN "customer" c ON c."_searchId" = s.rowid
     WHERE "customerSearch" MATCH ? ORDER BY s.rowid LIMIT ${ORGANISATIONS}`, match)
  for (const { id, displayName } of organisations) {
    for (const member of db.all<{ id: CustomerId }>(`SELECT "id" FROM "customer" WHERE "organisationId" = ? LIMIT ${READ_AT_MOST}`, id)) {
      yield { customerId: member.id, foundBy: 'organisation', found: displayName }
    }
  }
}

import { foldText, hasCjk, searchTokens, tokensOf, type SearchQuery } from '../../../domain/search-text.ts'
import { speltOtherwise } from '../../../domain/search/folded-letters.ts'
import { fitsParts, isWhole, pinyinParts } from '../../../domain/pinyin-parts.ts'
import { Tier } from '../../../protocol/entities/customer.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import type { ReadableDb } from '../../handles.ts'
import { FAMILY_MARK, ORGANISATION_MARK, PLACE_MARK } from '../../search/name-marks.ts'
import { pinyinOf } from '../../search/pinyin-words.ts'
import type { Hit } from './hit.ts'

/**
 * How many rows each search step reads; the better customers among them come first. Reading all customers who are
 * called Li would take a second.
 */
const READ_AT_MOST = 60
const ORGANISATIONS = 5
/** At how many places a text is split into a name and something else. */
const MOST_SPLITS = 3

/** The word is quoted, so that nothing a user types is read as an operator of the search language. */
const word = (token: string) => `"${token.replaceAll('"', '""')}"`
const begun = (token: string) => `${word(token)}*`
const family = (token: string) => word(FAMILY_MARK + token)

/**
 * A word of the search; its last character or letters may be only a beginning. Each CJK character is a word of the
 * index, so a run of them is a phrase.
 */
const asTyped = (text: string): string => (hasCjk(text) ? `"names" : ${begun(tokensOf(text).join(' '))}` : begun(text))

/**
 * Customers with this name. If no customer is found with the titles in the text, the titles are left out; and one of
 * the words may be a town or a company.
 */
export function* byNames(
  db: ReadableDb,
  { words, untitled }: Pick<Extract<SearchQuery, { kind: 'words' }>, 'words' | 'untitled'>,
): Generator<Hit> {
  for (const read of untitled ? [words, untitled] : [words]) {
    yield* read.some(hasCjk) ? byCharacters(db, read) : byWords(db, read)
    // While the words still have their title, only the whole name is searched.
    if (read.length > 1 && read === (untitled ?? words)) yield* byFields(db, read)
  }
}

/**
 * Searches by Chinese characters: first customers with exactly this name, then those whose name begins with it (so the
 * family name matches), then those whose name contains it.
 */
function* byCharacters(db: ReadableDb, words: readonly string[]): Generator<Hit> {
  const tokens = words.flatMap(tokensOf)
  if (tokens.every(hasCjk)) {
    const whole = FAMILY_MARK + tokens.join('')
    yield* matching(db, word(whole), 'nativeName')
    yield* matching(db, begun(whole), 'nativeName')
  }
  yield* matching(db, `"names" : ${begun(tokens.join(' '))}`, 'nativeName')
  if (words.length > 1) yield* matching(db, words.map(asTyped).join(' '), 'nativeName')
  yield* ofOrganisations(db, inMarks(ORGANISATION_MARK, [tokens.join('')], begun))
}

/**
 * Searches by Latin words, in names and in pinyin: family names before given names, whole words before beginnings ("Li"
 * before "Lindqvist").
 */
function* byWords(db: ReadableDb, tokens: readonly string[]): Generator<Hit> {
  for (const match of tokens.length === 1 ? stepsOfOne(tokens[0]!) : stepsOfMany(tokens))
    yield* matching(db, match, 'name', tokens[0])
  yield* byMixedPinyin(db, tokens.join(''))
  yield* ofOrganisations(db, inMarks(ORGANISATION_MARK, tokens, begun))
}

/**
 * "zhengmr", "lwei": each character is typed as its syllable or its initial. The index holds whole syllables as words,
 * and all initials together as one word; both narrow the search down. The syllables of each name then decide.
 */
function* byMixedPinyin(db: ReadableDb, letters: string): Generator<Hit> {
  if (!/^[a-z]{3,24}$/.test(letters)) return
  const ways = [letters, ...(/[nl]yu/.test(letters) ? [letters.replaceAll(/([nl])yu/g, '$1v')] : [])]
  for (const parts of ways.flatMap(pinyinParts)) {
    const initials = begun(parts.map((part) => part[0]).join(''))
    // The last part may be the beginning of a longer syllable ("ru" of "rui"), so it is searched as a word only where
    // nothing else is known.
    const whole = parts.slice(0, parts.length === 2 && !isWhole(parts[0]!) ? 2 : -1).filter(isWhole)
    const match = `"pinyin" : (${[...new Set(whole.map(word)), initials].join(' AND ')})`
    for (const { id, nativeName, displayName } of read(db, match)) {
      if (fitsParts(pinyinOf(nativeName ?? displayName).syllables, parts))
        yield { customerId: id, foundBy: 'pinyin', found: null }
    }
  }
}

/** The words need not all belong to the name: some of them may be the town or the company, before or after the name. */
function* byFields(db: ReadableDb, words: readonly string[]): Generator<Hit> {
  const splits = Array.from(
    { length: Math.min(words.length - 1, MOST_SPLITS) },
    (_, n) => [words.slice(0, n + 1), words.slice(n + 1)] as const,
  ).flatMap(([first, second]) => [
    { name: first, other: second },
    { name: second, other: first },
  ])
  const inTown = (name: readonly string[], town: string): Hit[] =>
    matching(db, `${name.map(inField).join(' ')} ${town}`, name.some(hasCjk) ? 'nativeName' : 'name', name[0])
  const towns = (write: (text: string) => string) =>
    splits
      .map(({ name, other }) => ({ name, town: inMarks(PLACE_MARK, other, write) }))
      .filter(({ town }) => isThere(db, town))
  for (const { name, town } of towns(word)) yield* inTown(name, town)
  for (const { name, other } of splits) yield* inOrganisations(db, name, other)
  for (const { name, town } of towns(begun)) yield* inTown(name, town)
}

const inMarks = (mark: string, words: readonly string[], write: (text: string) => string): string =>
  words
    .map((text) =>
      write(
        tokensOf(text)
          .map((token) => mark + token)
          .join(' '),
      ),
    )
    .join(' ')

/** Every tenth name begins with a given pair of letters, so beside a town two letters count as a whole name. */
const inField = (text: string): string => (text.length < 3 && !hasCjk(text) ? word(text) : asTyped(text))

/**
 * Check this first: otherwise all customers of this name would be read, only to find that none lives in a town of that
 * name.
 */
const isThere = (db: ReadableDb, match: string): boolean =>
  db.get('SELECT 1 FROM "customerSearch" WHERE "customerSearch" MATCH ? LIMIT 1', match) !== undefined

/** Finds people of this name who belong to an organisation of that name. */
function* inOrganisations(db: ReadableDb, name: readonly string[], organisation: readonly string[]): Generator<Hit> {
  for (const { displayName, members } of organisationsOf(db, inMarks(ORGANISATION_MARK, organisation, begun))) {
    for (const member of members)
      if (isCalled(member, name)) yield { customerId: member.id, foundBy: 'organisation', found: displayName }
  }
}

/**
 * Whether each of these folded words begins a word of a customer's names or, in Chinese characters, is contained in
 * them.
 */
export function isCalled(
  { displayName, nativeName }: Pick<Named, 'displayName' | 'nativeName'>,
  words: readonly string[],
): boolean {
  const both = `${displayName} ${nativeName ?? ''}`
  const own = [...searchTokens(both), ...speltOtherwise(both), ...pinyinOf(nativeName ?? displayName).words]
  return words.every((text) =>
    hasCjk(text) ? foldText(both).includes(text) : own.some((part) => part.startsWith(text)),
  )
}

const stepsOfOne = (token: string) => [family(token), word(token), `${family(token)}*`, begun(token)]

/** "zhang wei" is one name with the family name first; "anna mül" is one with the family name last. */
function stepsOfMany(tokens: readonly string[]): string[] {
  const [first, last] = [tokens[0]!, tokens.at(-1)!]
  const joined = tokens.join('')
  const all = (of: readonly string[], write: (token: string) => string) => of.map(write).join(' ')
  return [
    `"pinyin" : ${word(joined)}`,
    `${family(first)} ${all(tokens.slice(1), word)}`,
    `${family(last)} ${all(tokens.slice(0, -1), word)}`,
    all(tokens, word),
    `${family(first)} ${all(tokens.slice(1), begun)}`,
    `${family(last)}* ${all(tokens.slice(0, -1), begun)}`,
    all(tokens, begun),
    `"pinyin" : ${begun(joined)}`,
  ]
}

interface Named {
  readonly id: CustomerId
  readonly tier: Tier
  readonly displayName: string
  readonly nativeName: string | null
}

/** The first customers that match, the better customers among them first. */
function read(db: ReadableDb, match: string): Named[] {
  // Sort by rowid, not by rank: ranking would read every match of "li*", which may be a hundred thousand.
  return db
    .all<{ rowid: number }>(
      `SELECT rowid FROM "customerSearch" WHERE "customerSearch" MATCH ? ORDER BY rowid LIMIT ${READ_AT_MOST}`,
      match,
    )
    .flatMap(
      ({ rowid }) =>
        db.get<Named>(
          'SELECT "id", "tier", "displayName", "nativeName" FROM "customer" WHERE "_searchId" = ?',
          rowid,
        ) ?? [],
    )
    .toSorted((a, b) => Tier.options.indexOf(a.tier) - Tier.options.indexOf(b.tier))
}

function matching(db: ReadableDb, match: string, as: 'name' | 'nativeName', typed = ''): Hit[] {
  return read(db, match).map((named) => ({
    customerId: named.id,
    foundBy: as === 'nativeName' ? scriptOf(named) : spellingOf(named, typed),
    found: null,
  }))
}

const scriptOf = ({ nativeName }: Named): Hit['foundBy'] => (nativeName === null ? 'name' : 'nativeName')

const spellingOf = ({ displayName }: Named, typed: string): Hit['foundBy'] =>
  foldText(displayName)
    .split(/[^\p{L}\p{N}]+/u)
    .some((part) => part.startsWith(typed))
    ? 'name'
    : 'pinyin'

/** Finds the people of the organisations that match: a user who types "Chen Co." wants somebody there. */
function* ofOrganisations(db: ReadableDb, match: string): Generator<Hit> {
  for (const { displayName, members } of organisationsOf(db, match)) {
    for (const { id } of members) yield { customerId: id, foundBy: 'organisation', found: displayName }
  }
}

function* organisationsOf(db: ReadableDb, match: string): Generator<{ displayName: string; members: Named[] }> {
  const organisations = db.all<{ id: string; displayName: string }>(
    `SELECT c."id", c."displayName" FROM "customerSearch" s JOIN "customer" c ON c."_searchId" = s.rowid
     WHERE "customerSearch" MATCH ? ORDER BY s.rowid LIMIT ${ORGANISATIONS}`,
    match,
  )
  for (const { id, displayName } of organisations) {
    yield {
      displayName,
      members: db.all<Named>(
        `SELECT "id", "tier", "displayName", "nativeName" FROM "customer" WHERE "organisationId" = ? LIMIT ${READ_AT_MOST}`,
        id,
      ),
    }
  }
}

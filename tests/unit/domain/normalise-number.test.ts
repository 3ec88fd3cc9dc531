import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { callerOfHeaders } from '../../../domain/numbers/caller-of-headers.ts'
import type { LineRules } from '../../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../../domain/numbers/normalise-number.ts'

interface Vector {
  raw: string
  default_country: string
  expected_e164: string
  kind: string
  notes: string
}

const vectors = parse(readFileSync(new URL('../../fixtures/phone-vectors.csv', import.meta.url)), {
  columns: true,
}) as Vector[]

const rulesOf = ({ default_country: country, notes }: Vector): LineRules => ({
  country,
  areaCode: /opts=areaCode:(\d+)/.exec(notes)?.[1] ?? null,
  outsidePrefixes: /opts=stripPrefix:([\d|]+)/.exec(notes)?.[1]?.split('|') ?? [],
  e164WithoutPlus: /opts=nplus/.test(notes),
})

const header = (raw: string, name: string) => new RegExp(`(?:^|\\|)${name}: ([^|]*)`).exec(raw)?.[1] ?? null

describe('a number, as PBXs, providers, spreadsheets and people write it', () => {
  test('the list of cases is complete', () => expect(vectors.length).toBeGreaterThanOrEqual(93))

  test.each(vectors)('$raw ($default_country) is $kind $expected_e164', (vector) => {
    const rules = rulesOf(vector)
    const number = vector.raw.startsWith('From: ')
      ? callerOfHeaders(
          {
            from: header(vector.raw, 'From')!,
            assertedIdentity: header(vector.raw, 'PAI'),
            privacy: null,
            historyInfo: header(vector.raw, 'History-Info'),
          },
          rules,
        ).caller
      : normaliseNumber(vector.raw, rules)
    expect({ kind: number.kind, e164: number.e164 ?? '' }).toEqual({ kind: vector.kind, e164: vector.expected_e164 })
  })

  test('the forwarder is the first history entry with a reason', () => {
    const vector = vectors.find((v) => v.raw.includes('History-Info'))!
    const { forwardedBy } = callerOfHeaders(
      {
        from: header(vector.raw, 'From')!,
        assertedIdentity: null,
        privacy: null,
        historyInfo: header(vector.raw, 'History-Info'),
      },
      rulesOf(vector),
    )
    expect(forwardedBy).toBe('+49891234560')
  })

  test('privacy hides both the asserted identity and From', () => {
    const { caller } = callerOfHeaders(
      { from: '"Max" <sip:030901820@pbx>', assertedIdentity: '<tel:+4930901820>', privacy: 'id', historyInfo: null },
      rulesOf(vectors[0]!),
    )
    expect(caller).toEqual({ kind: 'withheld', raw: '', e164: null, nationalKey: null, region: null, display: '' })
  })

  test('a number keeps its raw text and gets both search keys', () => {
    expect(normaliseNumber('138 0013 8000', rulesOf(vectors.find((v) => v.default_country === 'CN')!))).toMatchObject({
      raw: '138 0013 8000',
      e164: '+8613800138000',
      nationalKey: 'CN:13800138000',
      region: 'CN',
      display: '+86 138 0013 8000',
    })
  })

  test('without a country only numbers with a country code are read; others are kept as they came', () => {
    const nowhere: LineRules = { country: null, areaCode: null, outsidePrefixes: [], e164WithoutPlus: false }
    expect(normaliseNumber('+86 138 0013 8000', nowhere)).toMatchObject({ kind: 'number', e164: '+8613800138000' })
    for (const raw of ['138 0013 8000', '030 901820', '0044 20 7946 0018']) {
      expect(normaliseNumber(raw, nowhere)).toEqual({
        kind: 'number',
        raw,
        e164: null,
        nationalKey: null,
        region: null,
        display: raw,
      })
    }
    expect(normaliseNumber('112', nowhere).kind).toBe('emergency')
    expect(normaliseNumber('4711', nowhere).kind).toBe('extension')
    expect(normaliseNumber('1234567890123456789', nowhere).kind).toBe('invalid')
  })

  test('no input makes it throw, and every e164 it returns is valid', () => {
    const rules: LineRules = { country: 'DE', areaCode: '030', outsidePrefixes: ['0', '00'], e164WithoutPlus: true }
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'+0123456789()-/ *#;:<>"@転转x.') })),
        (text) => {
          const { kind, e164 } = normaliseNumber(text, rules)
          return kind === 'number' ? /^\+[1-9]\d{4,14}$/.test(e164!) : e164 === null
        },
      ),
      { seed: 20_260_101, numRuns: 3000 },
    )
  })
})

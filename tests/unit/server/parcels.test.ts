import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createParcelReader, parcelsOf } from '../../../server/calls/parcels.ts'

/** PostgreSQL refuses a notification of 8,000 bytes. */
const LIMIT = 8000
const texts = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(fc.constantFrom('客', '🙂', '"', '\\', 'a', '\n'), { minLength: 2_000, maxLength: 9_000 })
      .map((signs) => signs.join('')),
  )
  // The payload is JSON, which is well-formed and on one line.
  .map((text) => JSON.stringify({ text }))

test('every payload arrives unchanged, and no part is too large for a notification', () => {
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 4 }), (said) => {
      const read = createParcelReader()
      const parcels = said.map(parcelsOf)
      for (const parcel of parcels.flat()) expect(Buffer.byteLength(parcel)).toBeLessThan(LIMIT)
      expect(
        parcels
          .flat()
          .map(read)
          .filter((text) => text !== null),
      ).toEqual(said)
    }),
    { seed: 7, numRuns: 60 },
  )
})

test('a listener that starts in the middle of a payload receives the next one whole', () => {
  const long = JSON.stringify({ text: '客'.repeat(9_000) })
  const parcels = parcelsOf(long)
  expect(parcels.length).toBeGreaterThan(2)
  const read = createParcelReader()
  expect([...parcels.slice(1), ...parcels].map(read).filter((text) => text !== null)).toEqual([long])
})

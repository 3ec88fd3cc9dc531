import { expect, test } from 'vitest'
import { createRefusedAddresses } from '../../../server/realtime/refused-addresses.ts'

test('an address that tries again and again without a valid device is blocked for the rest of the minute, and no other address', () => {
  let at = 0
  const refused = createRefusedAddresses({ elapsed: () => at })
  for (let n = 0; n < 119; n += 1) refused.note('203.0.113.9')
  expect(refused.holdsOff('203.0.113.9')).toBe(false)
  refused.note('203.0.113.9')
  expect([refused.holdsOff('203.0.113.9'), refused.holdsOff('203.0.113.8')]).toEqual([true, false])
  at = 60_000
  expect(refused.holdsOff('203.0.113.9')).toBe(false)
})

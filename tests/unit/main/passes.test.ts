import { expect, test } from 'vitest'
import { createPasses } from '../../../main/host/passes.ts'

const word = (letter: string) => letter.repeat(43)

function stand() {
  let now = 0
  let made = 0
  const passes = createPasses({ secret: word('s'), token: word('t'), newCode: () => `${(made += 1)}`.padStart(43, 'c'), now: () => now })
  return { passes, later: (ms: number) => { now += ms } }
}

test('secret and token open as often as they are shown, and nothing like them does', () => {
  const { passes } = stand()
  for (const pass of [word('s'), word('t'), word('s'), word('t')]) expect(passes.admits(pass)).toBe(true)
  for (const pass of ['', 's', word('S'), `${word('s')}s`, word('c')]) expect(passes.admits(pass)).toBe(false)
})

test('a code opens once, and not after two minutes', () => {
  const { passes, later } = stand()
  const [first, second, third] = [passes.newCode(), passes.newCode(), passes.newCode()]
  expect([passes.admits(second), passes.admits(second)]).toEqual([true, false])
  later(119_000)
  expect(passes.admits(first)).toBe(true)
  later(2000)
  expect(passes.admits(third)).toBe(false)
})

test('who asks for codes without end makes the oldest worthless and nothing grow', () => {
  const { passes } = stand()
  const codes = Array.from({ length: 200 }, () => passes.newCode())
  expect(codes.filter((code) => passes.admits(code))).toEqual(codes.slice(-20))
})

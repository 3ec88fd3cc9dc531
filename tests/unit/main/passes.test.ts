import { expect, test } from 'vitest'
import { passIdOf } from '../../../main/host/bridge-proof.ts'
import { createPasses, type BrowserPasses } from '../../../main/host/passes.ts'

const word = (letter: string) => letter.repeat(43)

function stand(browsers: readonly BrowserPasses[] = [[word('s')]]) {
  let now = 0
  let made = 0
  const passes = createPasses({
    browsers,
    token: word('t'),
    newWord: () => `${(made += 1)}`.padStart(43, 'c'),
    now: () => now,
  })
  return {
    passes,
    later: (ms: number) => {
      now += ms
    },
    knows: (pass: string) => passes.find(passIdOf(pass)) === pass,
  }
}

test('a pass is found by its id alone', () => {
  const { passes, knows } = stand()
  for (const pass of [word('s'), word('t')]) expect(knows(pass)).toBe(true)
  for (const pass of ['', 's', word('S'), `${word('s')}s`, word('c')])
    expect([knows(pass), passes.admit(pass)]).toEqual([false, null])
})

test('the token opens for any number of browsers, each with passes of its own from then on', () => {
  const { passes, knows } = stand([])
  const [one, other] = [passes.admit(word('t'))!, passes.admit(word('t'))!]
  expect(one).not.toBe(other)
  expect([knows(one), knows(other), knows(word('t')), passes.browsers()]).toEqual([true, true, true, [[one], [other]]])
})

test('an entry makes the next pass; the earlier one opens until the next is kept, and never after that', () => {
  const { passes, knows } = stand()
  const next = passes.admit(word('s'))!
  expect([knows(word('s')), knows(next)]).toEqual([true, true])
  passes.kept(word('s'), next)
  expect([knows(word('s')), knows(next), passes.browsers()]).toEqual([false, true, [[next]]])
})

test('a window that comes back again and again without keeping a pass is not locked out, and the list does not grow', () => {
  const { passes, knows } = stand()
  const given = Array.from({ length: 50 }, () => passes.admit(word('s'))!)
  expect([knows(word('s')), given.filter(knows)]).toEqual([true, given.slice(-3)])
})

test('when two windows of one browser come back together, the secret that they keep last opens', () => {
  for (const stored of [0, 1]) {
    const { passes, knows } = stand()
    const given = [passes.admit(word('s'))!, passes.admit(word('s'))!]
    for (const secret of given) passes.kept(word('s'), secret)
    expect(knows(given[stored]!)).toBe(true)
    expect(knows(word('s'))).toBe(false)
  }
})

test('of too many browsers the one that was away longest needs an address again', () => {
  const { passes, knows } = stand()
  passes.admit(word('s'))
  const given = Array.from({ length: 31 }, () => passes.admit(word('t'))!)
  expect([knows(word('s')), given.every(knows)]).toEqual([true, true])
  passes.admit(word('t'))
  expect([knows(word('s')), given.every(knows)]).toEqual([false, true])
})

test('a code opens once, and not after two minutes', () => {
  const { passes, later, knows } = stand()
  const [first, second, third] = [passes.newCode(), passes.newCode(), passes.newCode()]
  expect([passes.admit(second) !== null, knows(second), passes.admit(second)]).toEqual([true, false, null])
  later(119_000)
  expect(passes.admit(first)).not.toBeNull()
  later(2000)
  expect([knows(third), passes.admit(third)]).toEqual([false, null])
})

test('where codes are requested without end the oldest become invalid, and the list does not grow', () => {
  const { passes } = stand()
  const codes = Array.from({ length: 200 }, () => passes.newCode())
  expect(codes.filter((code) => passes.admit(code) !== null)).toEqual(codes.slice(-20))
})

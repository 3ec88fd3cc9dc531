import { expect, it } from 'vitest'
import { createCommandTurns } from '../../../server/commands/command-turns.ts'

it('only so many batches run at once, the others in the order they came, and none is begun that could not be answered in time', async () => {
  let now = 0
  const turns = createCommandTurns(() => now)
  const begun: number[] = []
  const finish: (() => void)[] = []
  const answers = Array.from({ length: 12 + 300 + 50 }, (_, n) =>
    turns.run(
      () =>
        new Promise<number>((resolve) => {
          begun.push(n)
          finish.push(() => {
            resolve(n)
          })
        }),
    ),
  )
  expect(begun).toEqual(Array.from({ length: 12 }, (_, n) => n))
  const turnedAway = answers.flatMap((answer) => ('comeAgainIn' in answer ? [answer.comeAgainIn] : []))
  expect(turnedAway).toHaveLength(50)
  expect(Math.min(...turnedAway)).toBeGreaterThanOrEqual(1)
  expect(turnedAway).toEqual(turnedAway.toSorted((a, b) => a - b))

  for (let n = 0; n < 312; n += 1) {
    now += 10
    finish[n]!()
    await answers[n]
    await Promise.resolve()
  }
  expect(begun).toEqual(Array.from({ length: 312 }, (_, n) => n))
  expect('comeAgainIn' in turns.run(() => Promise.resolve(1))).toBe(false)
})

it('a batch that fails gives its place to the next', async () => {
  const turns = createCommandTurns(() => 0)
  for (let n = 0; n < 40; n += 1)
    await (turns.run(() => Promise.reject(new Error('no'))) as Promise<never>).catch(() => null)
  expect(await turns.run(() => Promise.resolve('taken'))).toBe('taken')
})

it('a workstation that is turned away again gets no later time than those that have come since', () => {
  let now = 0
  const turns = createCommandTurns(() => now)
  for (let n = 0; n < 12 + 300; n += 1) void turns.run(() => new Promise<never>(() => undefined))
  const told = () => {
    const answer = turns.run(() => Promise.resolve())
    return 'comeAgainIn' in answer ? answer.comeAgainIn : 0
  }
  for (let n = 0; n < 200; n += 1) told()
  // No batch was measured yet, so each one counts as 20 ms, and workstations are told to come three times as often as
  // that.
  expect(told()).toBe(2)
  now = 1400
  expect(told()).toBe(1)
})

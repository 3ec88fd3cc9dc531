import { beforeEach, expect, test } from 'vitest'
import type { UserId } from '../../../protocol/scalars.ts'
import { createDeskRegister, type DeskRegister } from '../../../server/calls/desk-register.ts'

const [ana, bo] = ['ana', 'bo'] as UserId[] as [UserId, UserId]
let now: number
let told: string[]
let register: DeskRegister

beforeEach(() => {
  now = 0
  told = []
  register = createDeskRegister({
    own: 'a',
    leaseMs: 6_000,
    now: () => now,
    onCame: (userId) => {
      told.push(`+${userId}`)
    },
    onLeft: (userId) => {
      told.push(`-${userId}`)
    },
  })
})

test('a node that falls silent has no workstations any more, and a node need not report to itself', () => {
  register.tell('a', [[ana, 1]])
  register.tell('b', [[bo, 2]])
  now = 5_000
  expect(register.renew('b')).toBe(true)
  now = 10_000
  register.letGo()
  expect(told).toEqual(['+ana', '+bo', '+bo'])
  now = 11_000
  register.letGo()
  expect(told.slice(3)).toEqual(['-bo', '-bo'])
  // The node has to report all its workstations when it is back.
  expect(register.renew('b')).toBe(false)
  register.came('b', bo)
  expect(told).toHaveLength(5)
  register.tell('b', [[bo, 1]])
  expect(told.slice(5)).toEqual(['+bo'])
})

test('a repeated report changes only what differs, and no workstation is gone in between', () => {
  register.tell('b', [[ana, 1]])
  register.tell('b', [
    [ana, 1],
    [bo, 1],
  ])
  register.tell('b', [[bo, 1]])
  expect(told).toEqual(['+ana', '+bo', '-ana'])
})

test('a workstation that leaves twice was there once', () => {
  register.tell('b', [])
  register.came('b', ana)
  register.left('b', ana)
  register.left('b', ana)
  expect(told).toEqual(['+ana', '-ana'])
  expect(register.isElsewhere('a', ana)).toBe(false)
})

test('a user at another node counts as elsewhere', () => {
  register.tell('a', [[ana, 1]])
  register.tell('b', [[bo, 1]])
  expect([register.isElsewhere('a', ana), register.isElsewhere('a', bo), register.isElsewhere('b', ana)]).toEqual([
    false,
    true,
    true,
  ])
})

test('where no node could renew for a while no workstation is dropped', () => {
  register.tell('b', [[bo, 1]])
  now = 20_000
  register.renewAll()
  register.letGo()
  expect(told).toEqual(['+bo'])
})

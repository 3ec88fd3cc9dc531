import { expect, test } from 'vitest'
import { popMayOpen } from '../../../renderer/app/pop-manners.ts'

const idle = { fieldText: null, msSinceStroke: 60_000, dialogOpen: false, onACall: false }

test('a call opens at once for an agent who does nothing', () => expect(popMayOpen(idle)).toBe(true))
test('a call waits for an agent with an unfinished sentence in the field, however old it is', () =>
  expect(popMayOpen({ ...idle, fieldText: 'half a' })).toBe(false))
test('a call waits for an agent who has just typed', () =>
  expect(popMayOpen({ ...idle, fieldText: '', msSinceStroke: 1000 })).toBe(false))
test('an empty field that nobody types in holds up no call', () =>
  expect(popMayOpen({ ...idle, fieldText: '' })).toBe(true))
test('a call waits for an agent who talks on another call', () =>
  expect(popMayOpen({ ...idle, onACall: true })).toBe(false))
test('a call waits for an agent who has a dialog open', () =>
  expect(popMayOpen({ ...idle, dialogOpen: true })).toBe(false))

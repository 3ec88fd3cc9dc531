import { expect, test } from 'vitest'
import { popMayOpen } from '../../../renderer/app/pop-manners.ts'

const idle = { fieldText: null, msSinceStroke: 60_000, dialogOpen: false, onACall: false }

test('a call opens at once for an agent who does nothing', () => expect(popMayOpen(idle)).toBe(true))
test('a call waits for an agent with half a sentence in the field, however long ago', () => expect(popMayOpen({ ...idle, fieldText: 'half a' })).toBe(false))
test('a call waits for an agent who has just typed', () => expect(popMayOpen({ ...idle, fieldText: '', msSinceStroke: 1000 })).toBe(false))
test('an empty field that was left alone holds up no call', () => expect(popMayOpen({ ...idle, fieldText: '' })).toBe(true))
test('a call waits for an agent who talks to somebody else', () => expect(popMayOpen({ ...idle, onACall: true })).toBe(false))
test('a call waits for an agent who has a dialog open', () => expect(popMayOpen({ ...idle, dialogOpen: true })).toBe(false))

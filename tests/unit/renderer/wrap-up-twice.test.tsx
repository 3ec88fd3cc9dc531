import { screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { chooseReasonAndOutcome, openWindow, type Stand } from './stand.tsx'

// Stops the clock, so that a slow machine changes nothing; timers go on.
const standStill = (): void => void vi.useFakeTimers({ toFake: ['Date'] })
const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms)
afterEach(() => {
  vi.useRealTimers()
})

const wrapped = ({ bridge }: Stand): unknown[] =>
  bridge.asked.filter((a) => a.name === 'desk.wrapUp').map((a) => (a.args as { key: string }).key)
const ended = (desk: DeskCall): DeskCall => ({
  ...desk,
  call: {
    ...desk.call,
    phase: 'ended',
    answeredAt: desk.call.offeredAt,
    endedAt: Date.now(),
    outcome: 'completed',
    revision: desk.call.revision + 1,
  },
})

/** Two calls have ended; the first has a note and is on the screen. */
async function twoEnded(): Promise<Stand> {
  const stand = await openWindow()
  await stand.happens(() => stand.bridge.setCall(ended(stand.bridge.ring('business'))))
  await stand.happens(() => stand.bridge.setCall(ended(stand.bridge.ring('guest'))))
  await stand.user.keyboard('{Alt>}1{/Alt}{F6}asks about the lamp')
  await chooseReasonAndOutcome(stand.user)
  standStill()
  return stand
}

test('Ctrl+Enter twice, or a double click, closes one call', async () => {
  const stand = await twoEnded()
  await stand.user.keyboard('{Control>}{Enter}{/Control}')
  await stand.happens(() => {})
  pass(150)
  await stand.user.keyboard('{Control>}{Enter}{Enter}{/Control}')
  await stand.user.dblClick(screen.getByRole('button', { name: /Wrap up/ }))
  await stand.happens(() => {})
  expect(wrapped(stand)).toEqual(['call-business'])
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Emma Thompson')
})

test('a call without a note is closed only on purpose', async () => {
  const stand = await twoEnded()
  await stand.user.keyboard('{Alt>}2{/Alt}{Control>}{Enter}{/Control}')
  await stand.user.keyboard('{Control>}{Enter}{/Control}')
  expect(wrapped(stand)).toEqual([])
  expect((await screen.findByRole('alert')).textContent).toContain('Press Ctrl+Enter again to wrap up without a note')
  pass(600)
  await stand.user.keyboard('{Control>}{Enter}{/Control}')
  await stand.happens(() => {})
  expect(wrapped(stand)).toEqual(['call-guest'])
})

test('a note that came with a transfer is shown once, as the colleague’s words, and not in the agent’s own note', async () => {
  const stand = await openWindow()
  await stand.happens(
    () =>
      void stand.bridge.ring('business', {
        handedOver: {
          fromUserId: '00000000-0000-7000-8000-000000000002' as never,
          customerId: null,
          note: 'asks about the lamp',
        },
      }),
  )
  expect(screen.getAllByText(/asks about the lamp/)).toHaveLength(1)
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveProperty('value', '')
})

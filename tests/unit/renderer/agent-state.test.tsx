import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openWindow } from './stand.tsx'

test('a state chosen during a call is shown at once as the next one', async () => {
  const { bridge, happens } = await openWindow()
  await happens(
    () =>
      void bridge.act('agent.setState', {
        state: 'TALKING',
        reason: null,
        next: { state: 'NOT_READY', reason: 'lunch' },
      } as never),
  )
  expect(screen.getByRole('button', { name: 'Your state: Talking · then: Lunch' }).textContent).toContain('then: Lunch')
})

test('the wrap-up counts down, and one key asks for more time', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(
    () => void bridge.act('agent.setState', { state: 'WORK_READY', reason: null, until: Date.now() + 95_000 } as never),
  )
  expect(screen.getByRole('button', { name: /^Your state: Wrap-up/ }).textContent).toMatch(/1:3\d left/)
  await user.keyboard('{Alt>}e{/Alt}')
  expect(bridge.asked.at(-1)).toMatchObject({ name: 'agent.setState', args: { state: 'WORK_READY', reason: null } })
})

test('hold has its own colour beside its word, in the strip and in the state', async () => {
  const { bridge, happens } = await openWindow()
  await happens(
    () => void bridge.ring('business', { phase: 'held', answeredAt: Date.now() - 60_000, phaseAt: Date.now() - 5_000 }),
  )
  expect(screen.getByRole('group', { name: /^On hold/ }).className).toContain('held')
  await happens(() => void bridge.act('agent.setState', { state: 'HOLD', reason: null }))
  expect(screen.getByRole('button', { name: 'Your state: Hold' }).className).toContain('colorInfo')
})

test('a call that comes back says from whom and why, in the strip and in its tab, and no longer says that it was transferred', async () => {
  const { bridge, happens, user } = await openWindow()
  const desk = bridge.ring('business', { phase: 'talking', answeredAt: Date.now() - 60_000 })
  await happens(() => {})
  await user.keyboard('{F6}asks about the lamp{F8}zhang{Enter}')
  await happens(() => {})
  expect(screen.getByRole('tab', { name: /Transferring to Zhang Lei/ })).toBeTruthy()
  expect(screen.getByRole('combobox', { name: 'Outcome' })).toHaveProperty('value', 'forwarded')
  await happens(() =>
    bridge.setCall({
      ...desk,
      call: {
        ...desk.call,
        revision: 99,
        phase: 'ringing',
        phaseAt: Date.now(),
        waitMs: 71_000,
        givenTo: {
          extension: '2002',
          userId: '01920000-0000-7000-8000-0000000a0002' as never,
          state: 'back',
          why: 'notAnswered',
        },
      },
    }),
  )
  expect(screen.getByRole('group', { name: /^Ringing Li Wei/ }).textContent).toMatch(
    /Back from .*: not answered.*waited 1:11/,
  )
  expect(screen.getByRole('tab', { name: /Back from .*: not answered/ })).toBeTruthy()
  expect(screen.getByRole('combobox', { name: 'Outcome' })).toHaveProperty('value', '')
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveProperty('value', 'asks about the lamp')
})

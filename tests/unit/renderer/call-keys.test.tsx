import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { openWindow, type Stand } from './stand.tsx'

/** What the telephone system was asked to do, each with its call. */
const controls = ({ bridge }: Stand) =>
  bridge.asked
    .filter((a) => a.name === 'call.control')
    .map((a) =>
      Object.values(a.args as { action: string; callId: string })
        .slice(0, 2)
        .join(' '),
    )
const strip = () => screen.getByRole('region', { name: 'Calls and your state' })
const inPhase = (desk: DeskCall, phase: DeskCall['call']['phase']): DeskCall => ({
  ...desk,
  call: {
    ...desk.call,
    phase,
    answeredAt: desk.call.offeredAt,
    phaseAt: desk.call.offeredAt,
    revision: desk.call.revision + 1,
  },
})

/** Li Wei is on hold; Emma Thompson is talking and on the screen. */
async function twoCalls(): Promise<Stand> {
  const stand = await openWindow()
  await stand.happens(() => stand.bridge.setCall(inPhase(stand.bridge.ring('business'), 'held')))
  await stand.happens(() => stand.bridge.setCall(inPhase(stand.bridge.ring('guest'), 'talking')))
  await stand.user.keyboard('{Alt>}2{/Alt}')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Emma Thompson')
  return stand
}

test.each([
  ['F3', 'hold call-guest'],
  ['F9', 'hangup call-guest'],
])('with two calls %s acts on the one on the screen', async (key, asked) => {
  const stand = await twoCalls()
  await stand.user.keyboard(`{${key}}`)
  expect(controls(stand)).toEqual([asked])
})

test.each([
  ['F3', 'resume call-business'],
  ['F9', 'hangup call-business'],
])('with two calls %s acts on the other one when its tab is open', async (key, asked) => {
  const stand = await twoCalls()
  await stand.user.keyboard(`{Alt>}1{/Alt}{${key}}`)
  expect(controls(stand)).toEqual([asked])
})

test('with two calls the buttons name their caller, and belong to the call on the screen', async () => {
  const { user } = await twoCalls()
  expect(within(strip()).getByRole('button', { name: 'Hang up Emma Thompson' })).toBeTruthy()
  expect(within(strip()).getByRole('button', { name: 'Hold Emma Thompson' })).toBeTruthy()
  await user.keyboard('{Alt>}1{/Alt}')
  expect(within(strip()).getByRole('button', { name: /^Hang up Li Wei/ })).toBeTruthy()
  expect(within(strip()).queryByRole('button', { name: /Hang up Emma/ })).toBeNull()
})

test('F8 transfers the call on the screen, and its dialog names the caller', async () => {
  const stand = await twoCalls()
  await stand.user.keyboard('{Alt>}1{/Alt}{F8}')
  expect(await screen.findByRole('dialog', { name: /^Transfer Li Wei.* to$/ })).toBeTruthy()
  await stand.user.keyboard('zhang{Enter}')
  expect(controls(stand)).toEqual(['transfer call-business'])
})

test.each(['F3', 'F8', 'F9'])(
  'with the tab of an ended call open %s acts on no other call, and says where the other call is',
  async (key) => {
    const stand = await openWindow()
    await stand.happens(() => stand.bridge.setCall(inPhase(stand.bridge.ring('business'), 'ended')))
    await stand.happens(() => stand.bridge.setCall(inPhase(stand.bridge.ring('guest'), 'talking')))
    await stand.user.keyboard('{Alt>}1{/Alt}')
    await stand.user.keyboard(`{${key}}`)
    expect(controls(stand)).toEqual([])
    expect(screen.queryByRole('dialog')).toBeNull()
    expect((await screen.findByRole('alert')).textContent).toBe('This call has ended. F4 goes to Emma Thompson.')
  },
)

test('with a ringing call open F9 hangs up no other call', async () => {
  const stand = await openWindow()
  await stand.happens(() => stand.bridge.setCall(inPhase(stand.bridge.ring('business'), 'talking')))
  await stand.happens(() => void stand.bridge.ring('guest'))
  await stand.user.keyboard('{F4}{F9}')
  expect(controls(stand)).toEqual([])
  expect((await screen.findByRole('alert')).textContent).toBe('Emma Thompson is ringing. F2 answers.')
})

test('away from the calls the keys act on the only call, and name its caller', async () => {
  const stand = await openWindow()
  await stand.happens(() => stand.bridge.setCall(inPhase(stand.bridge.ring('business'), 'talking')))
  await stand.user.keyboard('{Alt>}s{/Alt}')
  expect(within(strip()).getByRole('button', { name: /^Hang up Li Wei/ })).toBeTruthy()
  await stand.user.keyboard('{F3}')
  await stand.happens(() => {})
  expect(controls(stand)).toEqual(['hold call-business'])
  expect(screen.getByText(/^On hold: Li Wei/)).toBeTruthy()
})

test('away from the calls the keys act on neither of two calls', async () => {
  const stand = await twoCalls()
  await stand.user.keyboard('{Alt>}b{/Alt}{F9}')
  expect(controls(stand)).toEqual([])
  expect((await screen.findByRole('alert')).textContent).toBe('Two calls are on. Open the one you mean first.')
})

test('with two ringing calls F2 answers the one on the screen, and the button names the caller', async () => {
  const stand = await openWindow()
  await stand.happens(() => void stand.bridge.ring('business'))
  await stand.happens(() => void stand.bridge.ring('guest', { offeredAt: Date.now() }))
  await stand.user.keyboard('{Alt>}2{/Alt}')
  expect(within(strip()).getByRole('button', { name: 'Answer Emma Thompson' }).getAttribute('aria-keyshortcuts')).toBe(
    'F2',
  )
  await stand.user.keyboard('{F2}')
  expect(controls(stand)).toEqual(['answer call-guest'])
})

test('F4 goes back and forth between two calls', async () => {
  const { user } = await twoCalls()
  await user.keyboard('{F4}')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Li Wei')
  await user.keyboard('{F4}')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Emma Thompson')
})

test('the transfer dialog closes when the caller hangs up, says so, and its text is there again later', async () => {
  const stand = await openWindow()
  await stand.happens(() => stand.bridge.setCall(inPhase(stand.bridge.ring('business'), 'talking')))
  await stand.user.keyboard('{F6}asks about the lamp{F8}zhang')
  await stand.happens(() => stand.bridge.endCall('call-business'))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect((await screen.findByRole('alert')).textContent).toMatch(/^Li Wei.* hung up\. What you wrote is kept\.$/)
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveProperty('value', 'asks about the lamp')
})

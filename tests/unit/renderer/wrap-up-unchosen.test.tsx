import { screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { ScreenLanguage } from '../../../renderer/i18n/formats.ts'
import { chooseReasonAndOutcome, openWindow, type Stand } from './stand.tsx'

// Stops the clock, so that a slow machine changes nothing; timers go on.
const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms)
afterEach(() => {
  vi.useRealTimers()
})

const wrapped = ({ bridge }: Stand): boolean => bridge.asked.some((a) => a.name === 'desk.wrapUp')
const alert = (): string => screen.getByRole('alert').textContent
async function press(stand: Stand): Promise<void> {
  await stand.user.keyboard('{Control>}{Enter}{/Control}')
  await stand.happens(() => {})
}
async function overWithNote(language: ScreenLanguage = 'en'): Promise<Stand> {
  const stand = await openWindow(language)
  await stand.happens(() => void stand.bridge.ring('business'))
  await stand.user.keyboard('{F2}{F6}asks about the lamp')
  await stand.happens(() => stand.bridge.endCall('call-business'))
  vi.useFakeTimers({ toFake: ['Date'] })
  return stand
}

test.each([
  ['en', {}, 'No reason for contact and no outcome chosen. Press Ctrl+Enter again to wrap up without them.'],
  ['en', { 'Reason for contact': 'order' }, 'No outcome chosen. Press Ctrl+Enter again to wrap up without one.'],
  ['en', { Outcome: 'answered' }, 'No reason for contact chosen. Press Ctrl+Enter again to wrap up without one.'],
  ['zh', { 联系原因: 'order' }, '尚未选择处理结果。再按一次 Ctrl+Enter 则不选直接完成。'],
] as const)(
  '%s: a wrap-up with only %o chosen warns once, and the second press goes on',
  async (language, chosen, words) => {
    const stand = await overWithNote(language)
    for (const [field, option] of Object.entries(chosen))
      await stand.user.selectOptions(screen.getByRole('combobox', { name: field }), option)
    await press(stand)
    expect(alert()).toContain(words)
    // Nobody can have read the warning yet: two quick presses count as one.
    pass(150)
    await press(stand)
    expect(wrapped(stand)).toBe(false)
    pass(600)
    await press(stand)
    await waitFor(() => expect(wrapped(stand)).toBe(true))
  },
)

test('a wrap-up with both chosen gives no warning', async () => {
  const stand = await overWithNote()
  await chooseReasonAndOutcome(stand.user)
  await press(stand)
  await waitFor(() => expect(wrapped(stand)).toBe(true))
  expect(await screen.findByText('Wrapped up.')).toBeTruthy()
})

test('a wrap-up of a call whose outcome the telephone system knows gives no warning', async () => {
  const stand = await openWindow()
  const desk = stand.bridge.ring('business')
  await stand.user.keyboard('{F6}rang once')
  await stand.happens(() =>
    stand.bridge.setCall({
      ...desk,
      call: {
        ...desk.call,
        phase: 'ended',
        endedAt: Date.now(),
        outcome: 'transferred',
        givenTo: { userId: null, extension: '2002', state: 'answered', why: null },
        revision: desk.call.revision + 1,
      },
    }),
  )
  await press(stand)
  await waitFor(() => expect(wrapped(stand)).toBe(true))
})

test('without the server a message says that the wrap-up is kept here', async () => {
  const stand = await overWithNote()
  await chooseReasonAndOutcome(stand.user)
  await stand.happens(() => stand.bridge.setSync({ link: 'offline' }))
  await press(stand)
  await waitFor(() => expect(wrapped(stand)).toBe(true))
  expect(await screen.findByText('Wrapped up. Saved here; it is sent when the server is back online.')).toBeTruthy()
})

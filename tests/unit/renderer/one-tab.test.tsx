import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { emptyStorage, openWindow, type Stand } from './stand.tsx'

const tabs = () =>
  within(screen.getByRole('tablist', { name: 'Open calls and customers' }))
    .getAllByRole('tab')
    .map((tab) => tab.textContent)
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
const note = () => screen.getByRole('textbox', { name: 'Note' })
const openBySearch = async ({ user }: Stand, name: string): Promise<void> => {
  await user.keyboard(`{Control>}k{/Control}${name}`)
  await screen.findByRole('option', { name: new RegExp(name) })
  await user.keyboard('{Enter}')
}

test.each(['talking', 'held', 'ringing', 'ended'] as const)(
  'a customer in a call that is %s opens in the call’s tab',
  async (phase) => {
    const stand = await openWindow()
    await stand.happens(() =>
      stand.bridge.setCall(
        phase === 'ringing' ? stand.bridge.ring('guest') : inPhase(stand.bridge.ring('guest'), phase),
      ),
    )
    await stand.user.keyboard('{Alt>}b{/Alt}')
    await openBySearch(stand, 'Emma Thompson')
    expect(tabs()).toHaveLength(1)
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Emma Thompson')
    expect(
      screen.getByRole('complementary', { name: phase === 'ended' ? 'The call that ended' : 'This call' }),
    ).toBeTruthy()
  },
)

test('what was typed about a customer before they called moves into the call’s note when the call is answered', async () => {
  const stand = await openWindow()
  await openBySearch(stand, 'Emma Thompson')
  await stand.user.keyboard('{F6}sent the room list')
  await stand.happens(() => void stand.bridge.ring('guest'))
  expect(tabs()).toHaveLength(2)
  await stand.user.keyboard('{F2}')
  await waitFor(() => expect(note()).toHaveProperty('value', 'sent the room list'))
  expect(tabs()).toEqual([expect.stringMatching(/^Emma Thompson/)])
  await waitFor(() => expect(stand.bridge.asked.some((a) => a.name === 'draft.discard')).toBe(true))
  const saved = stand.bridge.asked.filter((a) => a.name === 'draft.save').map((a) => (a.args as { key: string }).key)
  const discarded = stand.bridge.asked.findIndex((a) => a.name === 'draft.discard')
  // The text must be on disk in the call's note before it is removed from the customer's draft.
  expect(
    stand.bridge.asked
      .slice(0, discarded)
      .some(
        (a) => a.name === 'draft.save' && (a.args as { key: string; content: { note: string } }).key === 'call-guest',
      ),
  ).toBe(true)
  expect(saved).toContain('call-guest')
})

test('a customer’s tab without text is replaced by their call’s tab', async () => {
  const stand = await openWindow()
  await openBySearch(stand, 'Emma Thompson')
  await stand.happens(() => stand.bridge.setCall(inPhase(stand.bridge.ring('guest'), 'talking')))
  expect(tabs()).toEqual([expect.stringMatching(/^Emma Thompson.*Talking/)])
})

test('after a reload the tab that was open is shown again, and not the first call’s', async () => {
  const storage = emptyStorage()
  const first = await openWindow('en', storage)
  await first.happens(() => first.bridge.setCall(inPhase(first.bridge.ring('business'), 'talking')))
  await first.happens(() => first.bridge.setCall(inPhase(first.bridge.ring('guest'), 'ended')))
  await first.user.keyboard('{Alt>}2{/Alt}')
  first.unmount()
  const again = await openWindow('en', storage, first.bridge)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Emma Thompson')
  again.unmount()
})

test('a customer’s tab that was open beside a call is shown again after a reload, and so is another place', async () => {
  const storage = emptyStorage()
  const first = await openWindow('en', storage)
  await first.happens(() => first.bridge.setCall(inPhase(first.bridge.ring('business'), 'talking')))
  await openBySearch(first, 'Wang Fang')
  await screen.findByRole('heading', { level: 1, name: /Wang Fang/ })
  first.unmount()
  const second = await openWindow('en', storage, first.bridge)
  expect(await screen.findByRole('heading', { level: 1, name: /Wang Fang/ })).toBeTruthy()
  await second.user.keyboard('{Alt>}s{/Alt}')
  second.unmount()
  await openWindow('en', storage, first.bridge)
  expect(screen.getByRole('button', { name: /^Search/ }).getAttribute('aria-current')).toBe('page')
})

test('no name is kept for this outside of the encrypted files', async () => {
  const written: string[] = []
  const storage = emptyStorage()
  const stand = await openWindow('en', {
    getItem: storage.getItem,
    setItem: (key, text) => {
      written.push(key, text)
      storage.setItem(key, text)
    },
  })
  await openBySearch(stand, 'Wang Fang')
  await screen.findByRole('heading', { level: 1, name: /Wang Fang/ })
  await stand.happens(() => stand.bridge.setCall(inPhase(stand.bridge.ring('guest'), 'talking')))
  expect(written.length).toBeGreaterThan(0)
  expect(written.join()).not.toMatch(/Wang|Fang|Emma|Thompson/)
})

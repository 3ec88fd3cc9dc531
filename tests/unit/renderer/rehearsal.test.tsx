import { act, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { createRecordedBridge } from '../../support/recorded-bridge.ts'
import { emptyStorage, openWindow } from './stand.tsx'

const openSpied = async () => {
  const bridge = createRecordedBridge()
  const watch = vi.spyOn(bridge, 'watch')
  const stand = await openWindow('en', emptyStorage(), bridge)
  const records = () => watch.mock.calls.filter(([query]) => query === 'customer.record').length
  return { ...stand, records }
}

test('before the first call records are read and rendered hidden: the core does nothing, no draft begins, no key is taken', async () => {
  const { bridge, drafts, user, records } = await openSpied()
  // The hidden record is rendered in idle time and exists only for a moment, so look whenever the page changes.
  const seen: string[] = []
  const look = new MutationObserver(() => {
    for (const panel of document.querySelectorAll('aside'))
      if (!panel.closest('[style*="display: none"]')) seen.push(panel.textContent)
  })
  look.observe(document.body, { subtree: true, childList: true, attributes: true })
  await waitFor(() => expect(records()).toBeGreaterThan(0), { timeout: 10_000 })
  await user.keyboard('{F6}note of nobody{Control>}{Enter}{/Control}')
  expect(bridge.asked.filter(({ name }) => name.startsWith('draft') || name.startsWith('desk'))).toEqual([])
  expect(drafts.hasUnsaved()).toBe(false)
  look.disconnect()
  expect(seen).toEqual([])
})

test('a call ends the rehearsal, and only its own record is on the screen', async () => {
  const { bridge, happens, records } = await openSpied()
  await happens(() => void bridge.ring('business'))
  const asked = records()
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1600))
  })
  // The pop's record is watched once it is painted; no other record is read.
  expect(records() - asked).toBeLessThanOrEqual(1)
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
})

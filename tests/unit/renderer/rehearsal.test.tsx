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

test('before the first call records are read and rendered unseen: nothing is asked of the core, no draft begins, no key is taken', async () => {
  const { bridge, drafts, user, records } = await openSpied()
  await waitFor(() => expect(records()).toBeGreaterThan(0), { timeout: 5000 })
  await waitFor(() => expect(document.querySelector('aside')).not.toBeNull())
  const panel = document.querySelector('aside')!
  expect(panel.closest('[style*="display: none"]')).not.toBeNull()
  await user.keyboard('{F6}note of nobody{Control>}{Enter}{/Control}')
  expect(bridge.asked.filter(({ name }) => name.startsWith('draft') || name.startsWith('desk'))).toEqual([])
  expect(drafts.hasUnsaved()).toBe(false)
})

test('a call ends the rehearsal, and only its own record is on the screen', async () => {
  const { bridge, happens, records } = await openSpied()
  await happens(() => void bridge.ring('business'))
  const asked = records()
  await act(async () => { await new Promise((resolve) => setTimeout(resolve, 1600)) })
  // The pop's record is watched once it is painted; none is read beside it.
  expect(records() - asked).toBeLessThanOrEqual(1)
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
})

import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { customers } from '../../support/recorded/records.ts'
import { openWindow } from './stand.tsx'

const missed = () => screen.getByRole('group', { name: 'Missed calls' })

test('a missed call is in the strip with its caller and time, and opens the caller’s record', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => bridge.miss('guest', Date.now() - 60_000))
  expect(missed().textContent).toMatch(/Missed: Emma Thompson, \d/)
  await user.click(within(missed()).getByRole('button', { name: /Open Emma Thompson/ }))
  expect(await screen.findByRole('heading', { level: 1, name: /Emma Thompson/ })).toBeTruthy()
})

test('one key calls back a missed caller, and the call is then no longer missed', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => bridge.miss('guest', Date.now() - 60_000))
  await user.keyboard('{Alt>}y{/Alt}')
  await happens(() => {})
  const customerId = customers.emma.id
  expect(bridge.asked.find((a) => a.name === 'call.dial')?.args).toEqual({
    number: '+447911123456',
    customerId,
    taskId: null,
  })
  expect(screen.queryByRole('group', { name: 'Missed calls' })).toBeNull()
})

test('of several missed calls the latest is shown, with the number of others; each is dismissed separately', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => bridge.miss('guest', Date.now() - 60_000))
  await happens(() => bridge.miss('business', Date.now() - 1_000))
  expect(missed().textContent).toMatch(/Missed: Li Wei.*\+1 more/)
  await user.click(within(missed()).getByRole('button', { name: /Dismiss missed call from Li Wei/ }))
  expect(missed().textContent).toMatch(/Missed: Emma Thompson/)
})

test('a caller who withheld the number cannot be called back, and a sentence says why', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => bridge.miss('withheld', Date.now()))
  await user.keyboard('{Alt>}y{/Alt}')
  expect(bridge.asked.find((a) => a.name === 'call.dial')).toBeUndefined()
  expect((await screen.findByRole('alert')).textContent).toContain('withheld the number')
})

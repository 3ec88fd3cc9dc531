import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { customers } from '../../support/recorded/records.ts'
import { openWindow } from './stand.tsx'

const picks = (asked: readonly { name: string; args: unknown }[]) =>
  asked.filter((a) => a.name === 'desk.pick').map((a) => a.args)

test('several callers are ranked with reasons and a digit picks one', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('several'))
  expect(screen.getByRole('button', { name: /Wang Qiang.*number matches.*open complaint/ })).toBeTruthy()
  await user.keyboard('2')
  expect(picks(bridge.asked)).toEqual([{ callId: 'call-several', customerId: customers.wangQiang.id, once: false }])
})

test('a digit that is typed into a field picks no candidate', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('several'))
  await user.keyboard('{F6}2 pieces missing')
  expect(picks(bridge.asked)).toEqual([])
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveProperty('value', '2 pieces missing')
})

test('a digit beyond the list picks no candidate', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('several'))
  await user.keyboard('9')
  expect(picks(bridge.asked)).toEqual([])
})

test('where the match was not exact, one key shows the other candidates, and "wrong customer" is beside them', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('inexact'))
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Wang Fang')
  await user.keyboard('{Alt>}o{/Alt}')
  expect(screen.getByRole('button', { name: /Chen Xiaoming/ })).toBeTruthy()
  await user.keyboard('{Alt>}n{/Alt}')
  expect(bridge.asked.some((a) => a.name === 'desk.reject')).toBe(true)
})

test('an exact match shows no line of reasons', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => void bridge.ring('business'))
  expect(screen.queryByRole('region', { name: 'Why this customer' })).toBeNull()
})

test('the capture form contains the number, finds the customer whose name is typed, and saves before it creates anyone', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('unknown'))
  expect(screen.getByRole('textbox', { name: 'Number' })).toHaveProperty('value', '+86 151 1234 5678')
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Chen')
  expect(await screen.findByText('Already a customer?')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Save and go on' }))
  const names = bridge.asked.map((a) => a.name)
  expect(names.at(-1)).toBe('desk.capture')
  expect(names.at(-2)).toBe('draft.save')
})

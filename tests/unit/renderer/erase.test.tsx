import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { customers } from '../../support/recorded/records.ts'
import { userId } from '../../support/recorded/rows.ts'
import { openWindow, type Stand } from './stand.tsx'

const supervisor = {
  userId: userId(3),
  login: 'sarah',
  displayName: 'Sarah Keller',
  role: 'supervisor' as const,
  team: 'support',
  extension: '2003',
  scopes: ['finance', 'org'],
}
const openWangFang = async ({ user }: Stand): Promise<void> => {
  await user.keyboard('{Control>}k{/Control}王芳')
  await screen.findByRole('option', { name: /Wang Fang/ })
  await user.keyboard('{Enter}')
  await screen.findByRole('heading', { level: 1, name: /Wang Fang/ })
}

test('an agent has no button to erase a customer', async () => {
  const stand = await openWindow()
  await openWangFang(stand)
  expect(screen.queryByRole('button', { name: 'Erase …' })).toBeNull()
  await stand.user.keyboard('{Control>}k{/Control}erase')
  expect(screen.queryByRole('option', { name: /Erase/ })).toBeNull()
})

test('a supervisor gives a reason, reads what will be erased and is asked twice, from the palette and from the record', async () => {
  const stand = await openWindow()
  const { user, bridge, happens } = stand
  await happens(() => bridge.setSession({ identity: supervisor }))
  await openWangFang(stand)
  expect(screen.getByRole('button', { name: 'Erase …' })).toBeTruthy()
  await user.keyboard('{Control>}k{/Control}erase this{Enter}')
  const dialog = await screen.findByRole('dialog', { name: /Erase .*Wang Fang/ })
  expect(within(dialog).getByText(/Nobody can restore it/)).toBeTruthy()
  const ask = within(dialog).getByRole('button', { name: 'Erase' })
  expect(ask.hasAttribute('disabled')).toBe(true)
  await user.type(within(dialog).getByRole('textbox', { name: 'Why' }), '\u200b\u2060')
  expect(ask.hasAttribute('disabled')).toBe(true)
  await user.clear(within(dialog).getByRole('textbox', { name: 'Why' }))
  await user.type(within(dialog).getByRole('textbox', { name: 'Why' }), 'asked by letter')
  await user.click(ask)
  expect(bridge.asked.some(({ name }) => name === 'customer.erase')).toBe(false)
  await user.click(within(dialog).getByRole('button', { name: 'Yes, erase permanently' }))
  expect(bridge.asked.at(-1)).toMatchObject({
    name: 'customer.erase',
    args: { customerId: customers.wangFang.id, reason: 'asked by letter' },
  })
})

test('without the server a sentence says that only the server can erase, and the dialog stays open', async () => {
  const stand = await openWindow()
  const { user, bridge, happens } = stand
  await happens(() => bridge.setSession({ identity: supervisor }))
  await openWangFang(stand)
  bridge.failWith('customer.erase', { code: 'ERASURE_NEEDS_CENTER', params: {} })
  await user.click(screen.getByRole('button', { name: 'Erase …' }))
  await user.type(screen.getByRole('textbox', { name: 'Why' }), 'letter')
  await user.click(screen.getByRole('button', { name: 'Erase' }))
  await user.click(screen.getByRole('button', { name: 'Yes, erase permanently' }))
  expect(await screen.findByText(/only the server can erase/)).toBeTruthy()
  expect(screen.getByRole('dialog', { name: /Erase/ })).toBeTruthy()
})

test('the tab of an erased customer closes with a calm sentence, and what was typed there is gone', async () => {
  const stand = await openWindow()
  const { user, bridge, drafts, happens } = stand
  await openWangFang(stand)
  await user.keyboard('{F6}half a sentence')
  await drafts.flushAll()
  await happens(() => bridge.erase(customers.wangFang.id))
  expect(screen.queryByRole('tab', { name: /Wang Fang/ })).toBeNull()
  expect(screen.queryByRole('heading', { level: 1, name: /Wang Fang/ })).toBeNull()
  expect(await screen.findByText(/was erased on request/)).toBeTruthy()
  expect(drafts.view(`customer:${customers.wangFang.id}`).content.note).toBe('')
  expect(drafts.hasUnsaved()).toBe(false)
})

import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Refusal } from '../../../protocol/errors.ts'
import { openWindow } from './stand.tsx'

test('Ctrl+K finds a customer by a Chinese name and Enter opens them', async () => {
  const { user } = await openWindow()
  await user.keyboard('{Control>}k{/Control}王芳')
  await screen.findByRole('option', { name: /Wang Fang/ })
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('heading', { level: 1, name: /Wang Fang 王芳/ })).toBeTruthy()
})

test('an agent who comes back to the search types a new name over the last one', async () => {
  const { user } = await openWindow()
  await user.keyboard('{Alt>}s{/Alt}Wang Fang')
  await user.keyboard('{Alt>}b{/Alt}{Alt>}s{/Alt}Li Wei')
  expect(screen.getByDisplayValue('Li Wei').getAttribute('role')).toBe('combobox')
  expect(screen.queryByDisplayValue(/Wang Fang/)).toBeNull()
})

test('the palette goes to places and changes the state of the agent', async () => {
  const { user, bridge } = await openWindow()
  await user.keyboard('{Control>}k{/Control}lunch{Enter}')
  expect(bridge.asked.at(-1)).toMatchObject({ name: 'agent.setState', args: { state: 'NOT_READY', reason: 'lunch' } })
  await user.keyboard('{Control>}k{/Control}callb{Enter}')
  expect(screen.getByRole('button', { name: /Callbacks/ }).getAttribute('aria-current')).toBe('page')
})

test('the state menu works by keyboard alone', async () => {
  const { user, bridge } = await openWindow()
  await user.keyboard('{Alt>}z{/Alt}')
  await user.keyboard('{ArrowDown}{Enter}')
  expect(bridge.asked.at(-1)).toMatchObject({ name: 'agent.setState', args: { state: 'NOT_READY', reason: 'break' } })
})

test('the first letter of a reason finds it in the state menu', async () => {
  const { user, bridge } = await openWindow()
  await user.keyboard('{Alt>}z{/Alt}')
  await user.keyboard('l{Enter}')
  expect(bridge.asked.at(-1)).toMatchObject({ name: 'agent.setState', args: { state: 'NOT_READY', reason: 'lunch' } })
})

test('a held call shows how long it is held, not how long it has lasted', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business', { phase: 'talking', answeredAt: Date.now() - 300_000 }))
  expect(screen.getByRole('group', { name: /Talking/ }).textContent).toMatch(/Talking 5:0\d/)
  await user.keyboard('{F3}')
  await happens(() => {})
  expect(screen.getByRole('group', { name: /On hold/ }).textContent).toMatch(/On hold 0:0\d\/ 5:0\d/)
  // After the hold, the talk time has not started again.
  await user.keyboard('{F3}')
  await happens(() => {})
  expect(screen.getByRole('group', { name: /Talking/ }).textContent).toMatch(/Talking 5:0\d/)
})

test('one key makes an agent ready again who missed a call', async () => {
  const { user, bridge, happens } = await openWindow()
  await happens(() => void bridge.act('agent.setState', { state: 'NOT_READY', reason: 'missedCall' }))
  expect(screen.getByText(/you receive no calls/)).toBeTruthy()
  await user.keyboard('{Alt>}r{/Alt}')
  expect(bridge.asked.at(-1)).toMatchObject({ args: { state: 'READY', reason: null } })
})

test('offline is shown in words with the list of unsent work, and dropping asks twice', async () => {
  const { user, bridge, happens } = await openWindow()
  await happens(() => bridge.setSync({ link: 'offline', unsent: 3, reachedAt: Date.now() - 60_000 }))
  await user.click(screen.getByRole('button', { name: /3 unsent, Offline since/ }))
  const list = screen.getByRole('dialog', { name: 'Unsent items' })
  expect(await within(list).findByText(/promised an answer by Friday/)).toBeTruthy()
  const drop = within(list).getAllByRole('button', { name: 'Discard' })[0]
  if (!drop) throw new Error('no way to drop')
  await user.click(drop)
  expect(bridge.asked.some((a) => a.name === 'sync.drop')).toBe(false)
  await user.click(within(list).getByRole('button', { name: 'Yes, discard it' }))
  expect(bridge.asked.at(-1)?.name).toBe('sync.drop')
})

test('a refused command can be changed and sent again; one that only waits cannot', async () => {
  const { user, bridge, happens } = await openWindow()
  await happens(() => bridge.setSync({ unsent: 3, needsAttention: 1 }))
  await user.keyboard('{Alt>}u{/Alt}')
  const list = screen.getByRole('dialog', { name: 'Unsent items' })
  await within(list).findByText(/promised an answer by Friday/)
  expect(within(list).getAllByRole('button', { name: 'Send again' })).toHaveLength(1)
  await user.click(within(list).getByRole('button', { name: 'Change' }))
  const field = within(list).getByRole('textbox', { name: 'Value' })
  await user.clear(field)
  await user.type(field, 'paper invoice{Enter}')
  expect(bridge.asked.at(-1)).toMatchObject({ name: 'sync.change', args: { values: { value: 'paper invoice' } } })
  expect(within(list).queryByRole('textbox')).toBeNull()
})

test('a refused price is shown and read in the currency of its product, and not in the site’s', async () => {
  const { user, bridge, happens } = await openWindow()
  await happens(() => bridge.setSync({ unsent: 4, needsAttention: 2 }))
  await user.keyboard('{Alt>}u{/Alt}')
  const list = screen.getByRole('dialog', { name: 'Unsent items' })
  expect(await within(list).findByText(/200 × JP¥18,200/)).toBeTruthy()
  expect(within(list).getByText(/200 × ¥182/)).toBeTruthy()
  // Choices are shown in words: no name of the protocol is on the screen.
  expect(list.textContent).not.toMatch(/phone ·|· in ·/)
  await user.click(within(list).getAllByRole('button', { name: 'Change' })[1]!)
  const price = within(list).getByRole('textbox', { name: /price/i })
  expect(price).toHaveProperty('value', 'JP¥18,200')
  await user.clear(price)
  await user.type(price, '17900{Enter}')
  expect(bridge.asked.at(-1)).toMatchObject({
    name: 'sync.change',
    args: { values: { 'lines.0.unitPriceMinor': 17_900 } },
  })
})

test('without the server the agent’s state is shown as disconnected', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => void bridge.ring('business'))
  expect(screen.getByRole('button', { name: /^Your state: (?!No telephone)/ })).toBeTruthy()
  await happens(() => bridge.setSync({ link: 'offline', reachedAt: Date.now() - 60_000 }))
  expect(screen.getByRole('button', { name: 'Your state: Phone disconnected' })).toBeTruthy()
})

test('a sentence at the foot says why an action was refused', async () => {
  const { user, bridge, happens } = await openWindow()
  bridge.failWith('call.control', { code: 'CALL_ACTION_REFUSED', params: { reason: 'line busy' } })
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}')
  expect((await screen.findByRole('alert')).textContent).toContain('The telephone system refused: line busy.')
})

test('the reason for a refusal is in the language of the screen', async () => {
  const { user, bridge, happens } = await openWindow('zh')
  bridge.failWith('call.control', {
    code: 'CALL_ACTION_REFUSED',
    params: { reason: 'extensionBusy', extension: '204' },
  })
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}')
  expect((await screen.findByRole('alert')).textContent).toContain('话务系统拒绝：分机 204 正忙。')
})

test('a refusal names fields, prices and people in words, not in the protocol’s codes', async () => {
  const { user, bridge, happens } = await openWindow('zh')
  await happens(() => void bridge.ring('business'))
  const told = async (refusal: Refusal) => {
    bridge.failWith('call.control', refusal)
    await user.keyboard('{F2}')
    return (await screen.findByRole('alert')).textContent
  }
  expect(
    await told({
      code: 'CHANGED_MEANWHILE',
      params: { field: 'owner', value: '019a1042-0d5c-728f-a667-bb91ea1d35b5' },
    }),
  ).toContain('同事已先将“负责人”改为“同事”')
  expect(
    await told({ code: 'PRICE_NEEDS_REASON', params: { reference: 'told', referenceMinor: 1, currency: 'CNY' } }),
  ).toContain('此价格与此前报价不同')
  expect(await told({ code: 'BAD_ARGUMENT', params: { field: 'callbackAt', problem: 'noTime' } })).toContain(
    '“回电时间”的值不能用：回电需要时间。',
  )
})

test('before a sign-in only the sign-in is shown, and a wrong password says so', async () => {
  const { user, bridge, happens } = await openWindow()
  await happens(() => bridge.setSession({ identity: null }))
  expect(screen.queryByRole('navigation')).toBeNull()
  bridge.failWith('session.signIn', { code: 'SIGN_IN_REFUSED', params: {} })
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'wang.min')
  await user.type(screen.getByLabelText(/Password/), 'wrong{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('not right')
  bridge.failWith('session.signIn', null)
  await user.type(screen.getByLabelText(/Password/), 'right{Enter}')
  expect(await screen.findByRole('navigation', { name: 'Places' })).toBeTruthy()
})

test('the first download says how far it is and that work goes on', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => bridge.setSync({ setup: { doneBytes: 120_000_000, totalBytes: 480_000_000 } }))
  expect(screen.getByText(/120 ?MB of 480 ?MB/)).toBeTruthy()
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25')
})

test.each([
  ['English', 'needs 300 MB of disk space, and 40 MB are free'],
  ['Chinese', '需要 300 MB 磁盘空间，目前只有 40 MB'],
])('a first download without enough disk says once what it needs and what is free, in %s', async (language, text) => {
  const { bridge, happens, user } = await openWindow()
  if (language === 'Chinese') await user.click(screen.getByRole('button', { name: /Chinese/ }))
  const waitsFor = { code: 'DISK_TOO_SMALL' as const, params: { needed: 300, free: 40 } }
  await happens(() =>
    bridge.setSync({ setup: { doneBytes: 120_000_000, totalBytes: 480_000_000, waitsFor }, alarm: waitsFor }),
  )
  expect(screen.getAllByText(new RegExp(text))).toHaveLength(1)
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25')
})

test('work on a customer without a call opens a draft of its own and saves the contact', async () => {
  const { user, bridge } = await openWindow()
  await user.keyboard('{Alt>}s{/Alt}Emma')
  await screen.findByRole('option', { name: /Emma Thompson/ })
  await user.keyboard('{Enter}')
  await screen.findByRole('heading', { level: 1, name: 'Emma Thompson' })
  expect(bridge.asked.map((a) => a.name)).toContain('draft.open')
  await user.keyboard('{F6}Sent the room list.{Control>}{Enter}{/Control}')
  await waitFor(() => expect(bridge.asked.map((a) => a.name)).toContain('desk.wrapUp'))
  expect(await screen.findByText('No call is open')).toBeTruthy()
})

test('a hotel guest’s record begins with stays and preferences', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => void bridge.ring('guest'))
  expect(screen.getByRole('tab', { name: /Stays/ }).getAttribute('aria-selected')).toBe('true')
  expect(screen.getByText(/quiet, high floor · window table at the edge/)).toBeTruthy()
})

test('on a Chinese screen the Chinese name is first, and in the tab it is alone', async () => {
  const { bridge, happens } = await openWindow('zh')
  await happens(() => void bridge.ring('business'))
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('李伟 Li Wei')
  expect(screen.getByRole('tab', { name: /^李伟振铃/ })).toBeTruthy()
})

test('a call that rings behind another tab says which key goes there, also where it rang before the window opened', async () => {
  const first = await openWindow()
  await first.happens(() => void first.bridge.ring('business'))
  await first.user.keyboard('{F2}{F9}')
  await first.happens(() => void first.bridge.ring('guest'))
  first.unmount()
  const second = await openWindow('en', undefined, first.bridge)
  await second.user.keyboard('{Alt>}1{/Alt}')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Li Wei')
  expect(screen.getByRole('button', { name: /Go to call/ })).toBeTruthy()
})

test('between two calls the begun and the due work is listed, and a digit opens it', async () => {
  const { user, bridge, happens } = await openWindow()
  expect(
    within(screen.getByRole('region', { name: 'Due now' })).getByText(/Call back about the spring volume/),
  ).toBeTruthy()
  await user.keyboard('{Alt>}s{/Alt}Wang Fang')
  await screen.findByRole('option', { name: /Wang Fang/ })
  await user.keyboard('{Enter}{F6}asked for another colour')
  await waitFor(() =>
    expect(bridge.asked.at(-1)).toMatchObject({
      name: 'draft.save',
      args: { content: { note: 'asked for another colour' } },
    }),
  )
  await happens(() => {})
  await user.keyboard('{Alt>}x{/Alt}')
  const begun = await screen.findByRole('region', { name: 'Drafts' })
  expect(within(begun).getByText('asked for another colour')).toBeTruthy()
  // Each customer is in the list once.
  expect(screen.getAllByRole('button', { name: /Wang Fang/ })).toHaveLength(1)
  // A digit that is pressed at once may have been meant for the tab that has just closed.
  await user.keyboard('1')
  expect(screen.queryByRole('heading', { level: 1, name: /Wang Fang/ })).toBeNull()
  await new Promise((resolve) => {
    setTimeout(resolve, 1300)
  })
  await user.keyboard('1')
  expect(await screen.findByRole('heading', { level: 1, name: /Wang Fang/ })).toBeTruthy()
  expect(await screen.findByDisplayValue('asked for another colour')).toBeTruthy()
})

test('while the customers are being loaded the screen does not say that there are none', async () => {
  const { user, bridge, happens } = await openWindow()
  await happens(() => bridge.setSync({ setup: { doneBytes: 10_000_000, totalBytes: 180_000_000 } }))
  expect(screen.getByRole('button', { name: /^loading the customers/ })).toBeTruthy()
  await user.keyboard('{Alt>}s{/Alt}Zhuge')
  expect(await screen.findByText(/No customer found for "Zhuge" so far/)).toBeTruthy()
  await happens(() => bridge.setSync({ setup: null }))
  expect(await screen.findByText('No customer found for "Zhuge".')).toBeTruthy()
  expect(screen.getByRole('button', { name: /^synced/ })).toBeTruthy()
})

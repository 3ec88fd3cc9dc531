import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { emptyStorage, openWindow } from './stand.tsx'

const controls = (asked: readonly { name: string; args: unknown }[]) =>
  asked.filter((a) => a.name === 'call.control').map((a) => (a.args as { action: string }).action)

test('a pop paints the record from the event itself and asks the core for nothing', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => {
    bridge.ring('business')
    expect(bridge.asked).toEqual([])
  })
  expect(screen.getByRole('heading', { name: 'Li Wei 李伟' })).toBeTruthy()
  expect(screen.getByRole('list', { name: 'Open matters' }).textContent).toContain('C-1042')
  expect(bridge.asked).toEqual([])
})

test('a pop takes no focus', async () => {
  const { bridge, happens } = await openWindow()
  const before = document.activeElement
  await happens(() => void bridge.ring('business'))
  expect(document.activeElement).toBe(before)
})

test('a call that comes while the agent types waits as a marked tab, and F4 goes there', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}{F9}{F6}Asked where')
  const note = screen.getByRole('textbox', { name: 'Note' })
  expect(document.activeElement).toBe(note)
  await happens(() => void bridge.ring('guest'))
  expect(document.activeElement).toBe(note)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Li Wei')
  expect(screen.getByRole('tab', { name: /Emma Thompson.*waiting/ })).toBeTruthy()
  await user.keyboard(' 88121 is')
  expect(note).toHaveProperty('value', 'Asked where 88121 is')
  await user.keyboard('{F4}')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Emma Thompson')
})

test('from the tab of an ended call F4 goes back to the call that goes on', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}{F9}{F6}Asked where')
  expect(await screen.findByRole('heading', { name: 'The call that ended' })).toBeTruthy()
  await happens(() => void bridge.ring('guest'))
  await user.keyboard('{F4}{F2}')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Emma Thompson')
  await user.keyboard('{Alt>}1{/Alt}')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Li Wei')
  await user.keyboard('{F4}')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Emma Thompson')
})

test('F2 answers a call that rings', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}')
  expect(controls(bridge.asked)).toEqual(['answer'])
})

test('without a ringing call F2 does nothing, and no letter, space or Enter ever answers', async () => {
  const { bridge, happens, user } = await openWindow()
  await user.keyboard('{F2}')
  await happens(() => void bridge.ring('business'))
  await user.keyboard('a1 {Enter}y')
  expect(controls(bridge.asked)).toEqual([])
})

test('a call that a colleague took disappears and does not move the focus', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => void bridge.ring('guest'))
  expect(screen.getByRole('tab', { name: /Emma Thompson/ })).toBeTruthy()
  await happens(() => void bridge.act('desk.wrapUp', { key: 'call-guest' }))
  expect(screen.queryByRole('tab', { name: /Emma Thompson/ })).toBeNull()
})

test('the same pop twice is one tab', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => {
    bridge.ring('business')
    bridge.ring('business')
  })
  const tabs = screen.getByRole('tablist', { name: 'Open calls and customers' })
  expect(within(tabs).getAllByRole('tab')).toHaveLength(1)
})

test('a withheld caller shows no number, and a search instead of a customer', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => void bridge.ring('withheld'))
  expect(screen.getByRole('tab', { name: /Number withheld/ })).toBeTruthy()
  expect(screen.getByRole('combobox', { name: 'Search the caller' })).toBeTruthy()
})

test('a window that is opened again shows the call that the agent talks on, not the one that waits for its wrap-up', async () => {
  const { bridge, happens, unmount } = await openWindow()
  await happens(() => {
    const ended = bridge.ring('guest')
    bridge.setCall({
      ...ended,
      call: { ...ended.call, phase: 'ended', answeredAt: ended.call.offeredAt, revision: ended.call.revision + 1 },
    })
    const talking = bridge.ring('business')
    bridge.setCall({
      ...talking,
      call: {
        ...talking.call,
        phase: 'talking',
        answeredAt: talking.call.offeredAt,
        revision: talking.call.revision + 1,
      },
    })
  })
  unmount()
  await openWindow('en', emptyStorage(), bridge)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Li Wei')
})

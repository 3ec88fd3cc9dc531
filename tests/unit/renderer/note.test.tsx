import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { emptyStorage, openWindow } from './stand.tsx'

const saved = (asked: readonly { name: string; args: unknown }[]) =>
  asked.filter((a) => a.name === 'draft.save').map((a) => (a.args as { content: { note: string } }).content.note)
const note = (): HTMLTextAreaElement => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' })

test('what is typed is on disk after a pause and says how long that took', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F6}promised Friday')
  await waitFor(() => expect(saved(bridge.asked).at(-1)).toBe('promised Friday'))
  expect(await screen.findByText(/^saved \d+(\.\d)? s$/)).toBeTruthy()
})

test('a note survives the change of tab and back', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F6}half a sen')
  await happens(() => void bridge.ring('guest'))
  await user.keyboard('{Alt>}2{/Alt}')
  expect(note().value).toBe('')
  await user.keyboard('{Alt>}1{/Alt}')
  expect(note().value).toBe('half a sen')
})

test('a note survives going to another place and the end of the call', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}{F6}kept')
  await user.keyboard('{Alt>}s{/Alt}')
  await happens(() => bridge.endCall('call-business'))
  await user.keyboard('{Alt>}c{/Alt}')
  expect(note().value).toBe('kept')
})

test('a note is written even when the window is closed before the pause', async () => {
  const { bridge, happens, user, unmount } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F6}gone?')
  unmount()
  await waitFor(() => expect(saved(bridge.asked).at(-1)).toBe('gone?'))
})

test('a save that fails says so, keeps the text and tries again by itself', async () => {
  const { bridge, happens, user, drafts } = await openWindow()
  await happens(() => void bridge.ring('business'))
  bridge.failWith('draft.save', { code: 'JOURNAL_FULL', params: { megabytes: 20 } })
  await user.keyboard('{F6}on a full disk')
  expect(await screen.findByText(/Not saved: The disk is full/)).toBeTruthy()
  expect(note().value).toBe('on a full disk')
  expect(drafts.hasUnsaved()).toBe(true)
  bridge.failWith('draft.save', null)
  await waitFor(() => expect(drafts.hasUnsaved()).toBe(false), { timeout: 3000 })
})

test('with the core gone typing goes on, and is saved when it is back', async () => {
  const { bridge, happens, user, drafts } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await happens(() => bridge.setConnection('gone'))
  expect(screen.getByText(/does not answer/)).toBeTruthy()
  await user.keyboard('{F6}still here')
  await waitFor(() => expect(drafts.hasUnsaved()).toBe(true))
  await happens(() => bridge.setConnection('connected'))
  await waitFor(() => expect(saved(bridge.asked).at(-1)).toBe('still here'))
  await waitFor(() => expect(drafts.hasUnsaved()).toBe(false))
})

test('a newer pop of the same call does not overwrite what is being typed', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F6}typing')
  await happens(() => void bridge.ring('business', { revision: 5 }))
  expect(note().value).toBe('typing')
})

test('Ctrl+Enter wraps up what is typed, after it is on disk and only when the call is over', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}{F6}All said.{Control>}{Enter}{/Control}')
  expect(screen.getByRole('alert').textContent).toContain('Hang up first')
  await user.keyboard('{F9}{Control>}{Enter}{/Control}')
  await waitFor(() => expect(bridge.asked.at(-1)?.name).toBe('desk.wrapUp'))
  expect(saved(bridge.asked).at(-1)).toBe('All said.')
  await waitFor(() => expect(screen.queryByRole('tab', { name: /Li Wei/ })).toBeNull())
})

test('a typed callback time shows the instant it means, and one that means nothing says so', async () => {
  const { bridge, happens, user } = await openWindow('zh')
  await happens(() => void bridge.ring('business'))
  const field = screen.getByRole('textbox', { name: '回访时间' })
  await user.type(field, '明天10点')
  expect(screen.getByText(/^→ .*10:00$/)).toBeTruthy()
  await user.clear(field)
  await user.type(field, 'soon')
  expect(screen.getByText(/无法识别/)).toBeTruthy()
})

test('after a reload the tab of a customer without a call is there again, with the half sentence in it', async () => {
  const storage = emptyStorage()
  const first = await openWindow('en', storage)
  await first.user.keyboard('{Alt>}s{/Alt}Emma')
  await screen.findByRole('option', { name: /Emma Thompson/ })
  await first.user.keyboard('{Enter}')
  await screen.findByRole('heading', { level: 1, name: 'Emma Thompson' })
  await first.user.keyboard('{F6}half a sen')
  await waitFor(() => expect(saved(first.bridge.asked).at(-1)).toBe('half a sen'))
  first.unmount()
  const second = await openWindow('en', storage, first.bridge)
  await screen.findByRole('tab', { name: /Emma Thompson/ })
  await second.user.keyboard('{Alt>}1{/Alt}')
  await waitFor(() => expect(note().value).toBe('half a sen'))
})

test('a preference half written is there again after a crash', async () => {
  const first = await openWindow()
  await first.happens(() => void first.bridge.ring('business'))
  await first.user.keyboard('{Alt>}a{/Alt}never before 10')
  await waitFor(() => expect(first.bridge.asked.filter((a) => a.name === 'draft.save').at(-1)?.args).toMatchObject({ content: { preference: { value: 'never before 10' } } }))
  first.unmount()
  const second = await openWindow('en', undefined, first.bridge)
  await second.user.keyboard('{Alt>}a{/Alt}')
  expect(await screen.findByRole('textbox', { name: 'How they like it' })).toHaveProperty('value', 'never before 10')
})

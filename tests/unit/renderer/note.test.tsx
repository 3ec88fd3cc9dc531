import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { createDeskStore } from '../../../renderer/app/desk-store.ts'
import { createDraftStore } from '../../../renderer/app/draft-store.ts'
import { createRecordedBridge } from '../../support/recorded-bridge.ts'
import { userId } from '../../support/recorded/rows.ts'
import { chooseReasonAndOutcome, emptyStorage, openWindow } from './stand.tsx'

const saved = (asked: readonly { name: string; args: unknown }[]) =>
  asked.filter((a) => a.name === 'draft.save').map((a) => (a.args as { content: { note: string } }).content.note)
const note = (): HTMLTextAreaElement => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' })

test('what is typed is on disk after a pause and says so', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F6}promised Friday')
  await waitFor(() => expect(saved(bridge.asked).at(-1)).toBe('promised Friday'))
  expect(await screen.findByText('Saved')).toBeTruthy()
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

test('a save that fails says so, keeps the text and is tried again', async () => {
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

test('typing goes on while the core is gone, and is saved when the core is back', async () => {
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

test('Ctrl+Enter wraps up the typed text, after it is on disk and only when the call is over', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}{F6}All said.{Control>}{Enter}{/Control}')
  expect(screen.getByRole('alert').textContent).toContain('Hang up first')
  await chooseReasonAndOutcome(user)
  await user.keyboard('{F9}{Control>}{Enter}{/Control}')
  await waitFor(() => expect(bridge.asked.at(-1)?.name).toBe('desk.wrapUp'))
  expect(saved(bridge.asked).at(-1)).toBe('All said.')
  await waitFor(() => expect(screen.queryByRole('tab', { name: /Li Wei/ })).toBeNull())
})

test('a typed callback time shows the instant that it means, and an unreadable one says so', async () => {
  const { bridge, happens, user } = await openWindow('zh')
  await happens(() => void bridge.ring('business'))
  const field = screen.getByRole('textbox', { name: '回电时间' })
  await user.type(field, '明天10点')
  expect(screen.getByText(/^→ .*10:00$/)).toBeTruthy()
  await user.clear(field)
  await user.type(field, 'soon')
  expect(screen.getByText(/无法识别/)).toBeTruthy()
})

test('after a reload the tab of a customer without a call is there again, with its unfinished sentence', async () => {
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

test('a half-written preference is there again after a crash', async () => {
  const first = await openWindow()
  await first.happens(() => void first.bridge.ring('business'))
  await first.user.keyboard('{Alt>}a{/Alt}never before 10')
  await waitFor(() =>
    expect(first.bridge.asked.filter((a) => a.name === 'draft.save').at(-1)?.args).toMatchObject({
      content: { preference: { value: 'never before 10' } },
    }),
  )
  first.unmount()
  const second = await openWindow('en', undefined, first.bridge)
  await second.user.keyboard('{Alt>}a{/Alt}')
  expect(await screen.findByRole('textbox', { name: 'How they like it' })).toHaveProperty('value', 'never before 10')
})

test('signing out waits until everything typed is on disk, and says so where it is not', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await happens(() => bridge.failWith('draft.save', { code: 'JOURNAL_FULL', params: { megabytes: 100 } }))
  await user.keyboard('{F6}promised Friday')
  await user.keyboard('{Control>}k{/Control}sign out{Enter}')
  expect(await screen.findByText(/Not signed out: your text is not saved yet/)).toBeTruthy()
  expect(bridge.asked.some((a) => a.name === 'session.signOut')).toBe(false)
  await happens(() => bridge.failWith('draft.save', null))
  await user.keyboard('{Control>}k{/Control}sign out{Enter}')
  await waitFor(() => expect(bridge.asked.at(-1)?.name).toBe('session.signOut'))
  expect(saved(bridge.asked).at(-1)).toBe('promised Friday')
})

test('text that one user could not save is neither shown to the next user nor saved in their drafts, and is there again for its author', async () => {
  const { bridge, drafts, happens, user } = await openWindow()
  const identity = {
    userId: userId(1),
    login: 'wang.min',
    displayName: 'Wang Min',
    role: 'agent' as const,
    team: 'support',
    extension: '2001',
    scopes: ['org'],
  }
  await happens(() => void bridge.ring('business'))
  await happens(() => bridge.failWith('draft.save', { code: 'JOURNAL_FULL', params: { megabytes: 100 } }))
  await user.keyboard('{F6}promised Friday')
  await waitFor(() => expect(saved(bridge.asked).at(-1)).toBe('promised Friday'))
  await happens(() =>
    bridge.setSession({ identity: { ...identity, userId: userId(2), login: 'zhang.lei', displayName: 'Zhang Lei' } }),
  )
  await happens(() => bridge.failWith('draft.save', null))
  const before = saved(bridge.asked).length
  expect(note().value).toBe('')
  await drafts.flushAll()
  expect(saved(bridge.asked)).toHaveLength(before)
  await happens(() => bridge.setSession({ identity }))
  expect(note().value).toBe('promised Friday')
  await waitFor(() => expect(saved(bridge.asked).length).toBeGreaterThan(before))
})

test('a note that was wrapped up in another window disappears in this one, and the next begins empty', async () => {
  const { bridge, happens, user } = await openWindow()
  await user.keyboard('{Alt>}s{/Alt}Wang Fang')
  await screen.findByRole('option', { name: /Wang Fang/ })
  await user.keyboard('{Enter}{F6}wants a catalogue')
  await waitFor(() => expect(saved(bridge.asked).at(-1)).toBe('wants a catalogue'))
  const { key } = bridge.asked.findLast((a) => a.name === 'draft.save')!.args as { key: string }
  await happens(() => void bridge.act('desk.wrapUp', { key }))
  await waitFor(() => expect(note().value).toBe(''))
  await user.keyboard('{F6}and a sample')
  await waitFor(() => expect(saved(bridge.asked).at(-1)).toBe('and a sample'))
})

test('a draft that could not be opened is opened later, and what was typed meanwhile goes to disk', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => bridge.failWith('draft.open', { code: 'JOURNAL_FULL', params: { megabytes: 100 } }))
  await user.keyboard('{Alt>}s{/Alt}Wang Fang')
  await screen.findByRole('option', { name: /Wang Fang/ })
  await user.keyboard('{Enter}{F6}wants a catalogue')
  await happens(() => bridge.failWith('draft.open', null))
  const opened = () => bridge.asked.filter((a) => a.name === 'draft.open').length
  await waitFor(() => expect(opened()).toBeGreaterThan(1), { timeout: 5000 })
  await waitFor(() => expect(saved(bridge.asked).at(-1)).toBe('wants a catalogue'))
})

test('the draft of a call that was listed before its user was known is not lost when the user changes', async () => {
  const bridge = createRecordedBridge()
  const drafts = createDraftStore(bridge, Date.now)
  const desk = createDeskStore(bridge, drafts, Date.now)
  drafts.nowFor(userId(1))
  const { draft, call } = bridge.ring('business')
  await bridge.act('draft.save', {
    key: draft.key,
    content: { ...draft.content, note: 'what the second wrote before' },
  })
  bridge.setCall({ ...desk.calls()[0]!, call: { ...call, revision: call.revision + 1 } })
  drafts.nowFor(userId(2))
  expect(drafts.view(draft.key).content.note).toBe('')
  desk.adoptDrafts()
  expect(drafts.view(draft.key).content.note).toBe('what the second wrote before')
  desk.close()
})

import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { createFieldPlaces } from '../../../renderer/app/field-places.ts'
import { emptyStorage, openWindow } from './stand.tsx'

const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' })

describe('an agent who comes back to a draft goes on where they were', () => {
  test('after another tab', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('business'))
    await user.keyboard('{F6}first part.')
    await happens(() => void bridge.ring('guest'))
    await user.keyboard('{Alt>}2{/Alt}{Alt>}1{/Alt} second part')
    expect(note().value).toBe('first part. second part')
  })

  test('after another place, in the middle of a word, also with the mouse', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('business'))
    await user.keyboard('{F6}one three')
    note().setSelectionRange(4, 4)
    fireEvent.select(note())
    await user.click(screen.getByRole('button', { name: /Search/ }))
    await user.click(screen.getByRole('button', { name: /Calls/ }))
    await user.keyboard('two ')
    expect(note().value).toBe('one two three')
  })

  test('with the same selection', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('business'))
    await user.keyboard('{F6}keep drop')
    note().setSelectionRange(5, 9)
    fireEvent.select(note())
    await user.keyboard('{Alt>}s{/Alt}{Alt>}c{/Alt}')
    expect([note().selectionStart, note().selectionEnd]).toEqual([5, 9])
    expect(document.activeElement).toBe(note())
  })

  test('after a reload, in the field of a form too', async () => {
    const storage = emptyStorage()
    const first = await openWindow('en', storage)
    await first.happens(() => void first.bridge.ring('business'))
    await first.user.keyboard('{Alt>}l{/Alt}Two bags')
    await waitFor(() => expect(JSON.stringify(first.bridge.asked.at(-1))).toContain('Two bags'))
    first.unmount()
    const second = await openWindow('en', storage, first.bridge)
    const subject = await screen.findByRole('textbox', { name: /What is wrong/ })
    await waitFor(() => expect(document.activeElement).toBe(subject))
    await second.user.keyboard(' short')
    expect(subject).toHaveProperty('value', 'Two bags short')
  })

  test('but an incoming call, or a tab that was only looked at, takes no focus', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('business'))
    await happens(() => void bridge.ring('guest'))
    await user.keyboard('{Alt>}2{/Alt}{Alt>}1{/Alt}')
    expect(document.activeElement).toBe(document.body)
  })

  test('and a draft that is wrapped up leaves no place behind', async () => {
    const { bridge, happens, user } = await openWindow()
    await user.keyboard('{Alt>}s{/Alt}Wang Fang')
    await screen.findByRole('option', { name: /Wang Fang/ })
    await user.keyboard('{Enter}{F6}wants a catalogue{Control>}{Enter}{/Control}')
    await waitFor(() => expect(bridge.asked.some((a) => a.name === 'desk.wrapUp')).toBe(true))
    await happens(() => {})
    await user.keyboard('{Alt>}s{/Alt}')
    await screen.findByRole('option', { name: /Wang Fang/ })
    await user.keyboard('{Enter}')
    await screen.findByRole('heading', { level: 1, name: /Wang Fang/ })
    expect(document.activeElement).not.toBe(note())
  })
})

test('the browser keeps only offsets, for each user, and never a word', async () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  }
  const { bridge, happens, user } = await openWindow('en', storage)
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F6}secret words')
  await user.keyboard('{Alt>}s{/Alt}')
  expect(JSON.stringify([...kept])).toContain('[12,12,0]')
  expect(JSON.stringify([...kept])).not.toContain('secret')
  const places = createFieldPlaces(storage)
  places.nowFor('somebody else')
  expect(places.lastIn('call-business')).toBeNull()
})

test('anything else under the key of the places counts as no places', () => {
  const places = createFieldPlaces({ getItem: () => '{"broken', setItem: () => {} })
  places.nowFor('a')
  expect(places.read('call', 'note')).toBeNull()
})

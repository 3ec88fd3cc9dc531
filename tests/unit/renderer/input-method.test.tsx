import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { isOfInputMethod } from '../../../renderer/app/input-method.ts'
import { openWindow } from './stand.tsx'

/**
 * The Enter that ends a composition, as browsers send it: Chromium and Firefox while composing, Safari after
 * `compositionend`.
 */
const enters = [
  ['Chromium', { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: true }],
  ['Firefox', { key: 'Process', code: 'Enter', keyCode: 229, isComposing: true }],
  ['Safari', { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: false }],
] as const

test.each(enters)('the Enter that ends a composition in %s belongs to the input method', (_, stroke) => {
  expect(isOfInputMethod(stroke)).toBe(true)
  expect(isOfInputMethod({ isComposing: false, keyCode: 13 })).toBe(false)
})

/** Presses the key where the focus is, and then does what a browser would do, unless that was prevented. */
const strike = (stroke: (typeof enters)[number][1]): void => {
  const field = document.activeElement as HTMLInputElement
  fireEvent.compositionStart(field)
  if (!stroke.isComposing) fireEvent.compositionEnd(field)
  const goesOn = fireEvent.keyDown(field, stroke)
  if (stroke.isComposing) fireEvent.compositionEnd(field)
  if (goesOn && stroke.key === 'Enter' && !stroke.isComposing && field.form) fireEvent.submit(field.form)
}

describe.each(enters)('the Enter that ends a composition in %s', (_, stroke) => {
  test('opens no hit in the search and in the palette, but the next Enter does', async () => {
    const { happens, user } = await openWindow()
    await user.keyboard('{Alt>}s{/Alt}Wang')
    await screen.findByRole('option', { name: /Wang Fang/ })
    await happens(() => strike(stroke))
    expect(screen.queryByRole('heading', { level: 1, name: /Wang Fang/ })).toBeNull()
    await user.keyboard('{Control>}k{/Control}complaints')
    await happens(() => strike(stroke))
    expect(screen.getByRole('dialog')).toBeTruthy()
    await user.keyboard('{Enter}')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('sends no form, wraps up nothing and picks no candidate', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('business'))
    await user.keyboard('{Alt>}a{/Alt}quiet room')
    await happens(() => strike(stroke))
    await user.keyboard('{Alt>}l{/Alt}torn')
    await happens(() => strike(stroke))
    expect(bridge.asked.filter((a) => a.verb === 'run')).toEqual([])
    await happens(() => bridge.endCall('call-business'))
    await user.keyboard('{F6}a note')
    await happens(() => {
      fireEvent.keyDown(document.activeElement!, { ...stroke, ctrlKey: true })
    })
    await happens(() => void bridge.ring('several'))
    await user.keyboard('{Alt>}2{/Alt}{Alt>}w{/Alt}')
    await happens(() => {
      fireEvent.keyDown(document.activeElement!, { ...stroke, key: '1', code: 'Digit1' })
    })
    expect(bridge.asked.filter((a) => a.name === 'desk.wrapUp' || a.name === 'desk.pick')).toEqual([])
  })
})

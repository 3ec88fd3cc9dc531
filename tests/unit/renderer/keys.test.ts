import { expect, test } from 'vitest'
import { keyOf, keys, type Stroke } from '../../../renderer/app/keys.ts'

const stroke = (code: string, key: string, held: Partial<Stroke> = {}): Stroke => ({
  code,
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test('no two actions share a key', () => {
  expect(new Set(Object.values(keys)).size).toBe(Object.keys(keys).length)
})

test('no action has a key that a browser reserves', () => {
  const kept = [
    'F5',
    'F11',
    'F12',
    'Ctrl+W',
    'Ctrl+T',
    'Ctrl+N',
    'Ctrl+R',
    'Ctrl+L',
    'Alt+F4',
    'Alt+D',
    ...'123456789'.split('').map((n) => `Ctrl+${n}`),
  ]
  expect(Object.values(keys).filter((key) => kept.includes(key))).toEqual([])
})

test('every action has a function key or a combination, so that typing text never starts one', () => {
  expect(Object.values(keys).filter((key) => !/^(F\d+|(Ctrl|Alt)\+.+)$/.test(key))).toEqual([])
})

test('a key is recognised by its position, whatever character the input method gives it', () => {
  expect(keyOf(stroke('KeyC', 'ç', { altKey: true }))).toBe('calls')
  expect(keyOf(stroke('Digit1', '¡', { altKey: true }))).toBe('tab1')
  expect(keyOf(stroke('KeyK', 'k', { metaKey: true }))).toBe('palette')
  expect(keyOf(stroke('F2', 'F2'))).toBe('answer')
  expect(keyOf(stroke('F2', 'F2', { shiftKey: true }))).toBeNull()
  expect(keyOf(stroke('KeyE', '€', { ctrlKey: true, altKey: true }))).toBeNull()
  expect(keyOf(stroke('KeyA', 'a'))).toBeNull()
})

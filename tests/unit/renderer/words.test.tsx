import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { errorSentences } from '../../../protocol/errors.ts'
import { firstLanguage } from '../../../renderer/i18n/language.ts'
import { words } from '../../../renderer/i18n/words.ts'
import { openWindow } from './stand.tsx'

type Tree = { readonly [key: string]: string | Tree }
const flat = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}/`),
  )
const parameters = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').toSorted()

const en = new Map(flat(words.en))
const zh = new Map(flat(words.zh))

const forOne = /_one$/

test('both languages have the same keys, except that English has singular forms', () => {
  expect([...zh.keys()].toSorted()).toEqual([...en.keys()].filter((key) => !forOne.test(key)).toSorted())
})

test('a singular form has a text for the plural beside it, which contains the count', () => {
  const beside = [...en.keys()].filter((key) => forOne.test(key)).map((key) => en.get(key.replace(forOne, '')) ?? '')
  expect(beside.length).toBeGreaterThan(0)
  for (const text of beside) expect(parameters(text)).toContain('count')
})

test('no text is empty: an empty one shows its key', () => {
  expect([...en, ...zh].filter(([, text]) => text.trim() === '')).toEqual([])
})

test('each text has the same parameters in both languages', () => {
  // A singular form needs no figure, as in "once".
  const counted = (text: string): string[] => parameters(text).filter((name) => name !== 'count')
  for (const [key, text] of en) {
    const [ofKey, read] = forOne.test(key) ? [key.replace(forOne, ''), counted] : [key, parameters]
    expect.soft(read(zh.get(ofKey) ?? ''), key).toEqual(read(text))
  }
})

test('every refusal of the protocol has a sentence in both languages', () => {
  expect(Object.keys(words.zh.errors).toSorted()).toEqual(Object.keys(errorSentences).toSorted())
  expect(Object.keys(words.en.errors).toSorted()).toEqual(Object.keys(errorSentences).toSorted())
})

test('a Chinese text is not left in English', () => {
  const latinOnly = [...zh].filter(
    ([key, text]) =>
      !/[\p{Script=Han}]/u.test(text) &&
      !['shell/toEnglish', 'call/notChosen', 'call/callbackMeans'].includes(key) &&
      text === en.get(key),
  )
  expect(latinOnly.filter(([, text]) => /[a-z]{3}/.test(text.replace(/\{\w+\}/g, '')))).toEqual([])
})

test('a count of one is not written as a plural', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => void bridge.ring('inexact'))
  expect(screen.getByRole('button', { name: /^1 other\b/ })).toBeTruthy()
  await happens(() => bridge.setSync({ needsAttention: 1, unsent: 1 }))
  expect(screen.getByRole('button', { name: /1 needs you, 1 unsent/ })).toBeTruthy()
  await happens(() => bridge.setSync({ needsAttention: 2 }))
  expect(screen.getByRole('button', { name: /2 need you/ })).toBeTruthy()
})

test('a Chinese screen has Chinese punctuation and Chinese units', async () => {
  const { bridge, happens, user } = await openWindow('zh')
  await happens(() => void bridge.ring('business'))
  expect(screen.getByText(/^偏好：/)).toBeTruthy()
  await user.keyboard('{F7}PX-9')
  await screen.findByRole('option', { name: /PX-9/ })
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('textbox', { name: '每千克单价' })).toBeTruthy()
})

test('the language changes at once everywhere, and typed text stays', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F6}in between')
  await user.click(screen.getByRole('button', { name: 'Switch to Chinese' }))
  expect(screen.getByRole('tab', { name: /振铃/ })).toBeTruthy()
  expect(screen.getByRole('textbox', { name: '备注' })).toHaveProperty('value', 'in between')
  expect(document.documentElement.lang).toBe('zh-CN')
})

test.each([
  [null, ['zh-TW', 'en'], 'zh'],
  [null, ['fr', 'en-US'], 'en'],
  [null, ['fr'], 'en'],
  ['zh', ['en'], 'zh'],
  ['xx', ['en'], 'en'],
] as const)('stored %s and a browser that prefers %s begin in %s', (stored, preferred, expected) => {
  expect(firstLanguage({ getItem: () => stored }, preferred)).toBe(expected)
})

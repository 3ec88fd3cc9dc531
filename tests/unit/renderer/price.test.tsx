import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { parseAmount } from '../../../renderer/parts/price/parse-amount.ts'
import { chooseReasonAndOutcome, openWindow, type Stand } from './stand.tsx'

async function quotePX9(price: string): Promise<Stand> {
  const stand = await openWindow()
  await stand.happens(() => void stand.bridge.ring('business'))
  await stand.user.keyboard('{F7}PX-9')
  await screen.findByRole('option', { name: /PX-9/ })
  await stand.user.keyboard('{Enter}')
  await stand.user.type(await screen.findByRole('textbox', { name: /Price per/ }), price)
  return stand
}
const issued = ({ bridge }: Stand) =>
  bridge.asked.filter((a) => a.name === 'quote.issue').map((a) => (a.args as { lines: unknown[] }).lines[0])

test('beside the price are the earlier prices, who told them, and what colleagues have open', async () => {
  await quotePX9('182')
  const memory = await screen.findByLabelText('Earlier prices')
  expect(memory.textContent).toContain('¥182.00')
  expect(memory.textContent).toContain('Zhang Lei → Chen Xiaoming')
  expect(memory.textContent).toContain('¥175.00')
})

test('the price that was told before needs no reason', async () => {
  const stand = await quotePX9('182')
  await stand.user.keyboard('{Enter}')
  await waitFor(() => expect(issued(stand)).toMatchObject([{ unitPriceMinor: 18_200, quantity: 1, reason: null }]))
})

test('a price that differs is not issued until its reason is written in the same row', async () => {
  const stand = await quotePX9('179.50')
  await stand.user.keyboard('{Enter}')
  expect(issued(stand)).toEqual([])
  expect(screen.getByText(/Differs from the price quoted before \(¥182\.00\)/)).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /Reason/ }))
  await stand.user.keyboard('500 kg a month{Enter}')
  await waitFor(() => expect(issued(stand)).toMatchObject([{ unitPriceMinor: 17_950, reason: '500 kg a month' }]))
})

test('a price below the floor says that it needs an approval', async () => {
  await quotePX9('170')
  expect(screen.getByText(/Below the floor price/)).toBeTruthy()
})

test('a price in another currency is refused with the name of its sign, and is not issued', async () => {
  const stand = await quotePX9('$894')
  expect(screen.getByText('This price is in CNY. $ is another currency.')).toBeTruthy()
  await stand.user.keyboard('{Enter}')
  expect(issued(stand)).toEqual([])
})

test('the refusal of a price that can be read in two ways says how to write each', async () => {
  await quotePX9('1.820')
  expect(screen.getByText('This can be read in two ways. Enter 1820 or 1.82.')).toBeTruthy()
})

test('the chosen product and the half-typed price are there again after a crash', async () => {
  const first = await quotePX9('17')
  await waitFor(() =>
    expect(first.bridge.asked.filter((a) => a.name === 'draft.save').at(-1)?.args).toMatchObject({
      content: { quote: { productSku: 'PX-9', price: '17' } },
    }),
  )
  first.unmount()
  const second = await openWindow('en', undefined, first.bridge)
  await second.user.keyboard('{F7}')
  expect(await screen.findByRole('textbox', { name: /Price per/ })).toHaveProperty('value', '17')
  expect(screen.getByRole('button', { name: 'Other product' })).toBeTruthy()
})

test('after Escape the typing goes on in the note', async () => {
  const stand = await quotePX9('182')
  await stand.user.keyboard('{Escape}and then')
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveProperty('value', 'and then')
  expect(screen.getByRole('button', { name: /Quote a price · draft/ })).toBeTruthy()
})

test('a quote that is begun and not issued stops the wrap-up first', async () => {
  const stand = await quotePX9('182')
  await chooseReasonAndOutcome(stand.user)
  await stand.user.keyboard('{F2}{F9}{Control>}{Enter}{/Control}')
  expect((await screen.findByRole('alert')).textContent).toContain(
    'Unfinished quote. Press Ctrl+Enter again to discard it.',
  )
  expect(stand.bridge.asked.some((a) => a.name === 'desk.wrapUp')).toBe(false)
  // Wait long enough to read the warning, because a second press at once would confirm nothing.
  await new Promise((resolve) => {
    setTimeout(resolve, 600)
  })
  await stand.user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(stand.bridge.asked.some((a) => a.name === 'desk.wrapUp')).toBe(true))
})

test.each([
  ['182', 'CNY', 18_200],
  ['182.5', 'CNY', 18_250],
  ['1,820.00', 'CNY', 182_000],
  ['¥182', 'CNY', 18_200],
  ['1820', 'JPY', 1820],
  ['182.505', 'CNY', null],
  ['18.5', 'JPY', null],
  ['-5', 'CNY', null],
  ['CNY 182', 'CNY', 18_200],
  ['', 'CNY', null],
  ['abc', 'CNY', null],
  ['1,82', 'CNY', null],
])('"%s" in %s is %s', (typed, currency, minor) => {
  expect(parseAmount(typed, currency)).toBe(minor)
})

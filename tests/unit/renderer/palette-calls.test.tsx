import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { openWindow, type Stand } from './stand.tsx'

const inPhase = (desk: DeskCall, phase: DeskCall['call']['phase']): DeskCall => ({
  ...desk,
  call: {
    ...desk.call,
    phase,
    answeredAt: desk.call.offeredAt,
    phaseAt: desk.call.offeredAt,
    revision: desk.call.revision + 1,
  },
})
const asked = ({ bridge }: Stand) =>
  bridge.asked
    .filter((a) => a.name === 'call.control')
    .map((a) =>
      Object.values(a.args as { action: string; callId: string })
        .slice(0, 2)
        .join(' '),
    )
const talking = async (): Promise<Stand> => {
  const stand = await openWindow()
  await stand.happens(() => stand.bridge.setCall(inPhase(stand.bridge.ring('guest'), 'talking')))
  return stand
}
const pick = async ({ user }: Stand, words: string): Promise<void> => {
  await user.keyboard(`{Control>}k{/Control}${words}{Enter}`)
  await new Promise((resolve) => {
    setTimeout(resolve, 20)
  })
}

test.each([
  ['hold', 'hold call-guest'],
  ['hang up', 'hangup call-guest'],
])('the palette does "%s" with the call on the screen', async (words, done) => {
  const stand = await talking()
  await pick(stand, words)
  await waitFor(() => expect(asked(stand)).toEqual([done]))
})

test('the palette names the caller, answers, resumes and transfers', async () => {
  const stand = await openWindow()
  await stand.happens(() => void stand.bridge.ring('guest'))
  await pick(stand, 'answer')
  await waitFor(() => expect(asked(stand)).toEqual(['answer call-guest']))
  await stand.user.keyboard('{Control>}k{/Control}')
  for (const name of ['Hold: Emma Thompson', 'Transfer: Emma Thompson', 'Hang up: Emma Thompson'])
    expect(screen.getByRole('option', { name: new RegExp(`^${name}`) })).toBeTruthy()
  await stand.user.keyboard('{Escape}')
  await pick(stand, 'transfer')
  expect(await screen.findByRole('dialog', { name: 'Transfer to' })).toBeTruthy()
})

test.each([
  ['Quote a price', /Quote a price/i],
  ['Log a complaint', /complaint/i],
  ['Note a preference', /preference/i],
])('the palette opens the form for "%s"', async (words, form) => {
  const stand = await talking()
  await pick(stand, words)
  expect(await screen.findByRole('form', { name: form })).toBeTruthy()
})

test('the palette goes to the note and to the time of a callback', async () => {
  const stand = await talking()
  await pick(stand, 'write the note')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Note' })))
  await pick(stand, 'callback time')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Callback' })))
})

test('an action that is not possible now is shown with the reason, and Enter does not do it', async () => {
  const stand = await talking()
  await stand.user.keyboard('{Control>}k{/Control}wrap up')
  const option = screen.getByRole('option', { name: /^Wrap up.*Hang up first/ })
  expect(option.getAttribute('aria-disabled')).toBe('true')
  await stand.user.keyboard('{Enter}')
  expect(stand.bridge.asked.some((a) => a.name === 'desk.wrapUp')).toBe(false)
})

test('the caller’s name finds the customer, and no action on their call', async () => {
  const { user } = await talking()
  await user.keyboard('{Control>}k{/Control}Emma')
  await screen.findByRole('option', { name: /^Emma Thompson/ }, { timeout: 5000 })
  expect(screen.getAllByRole('option').filter((option) => /Hold|Transfer|Hang up/.test(option.textContent))).toEqual([])
})

test('without a call the palette offers no call actions, but every state of the agent', async () => {
  const { user } = await openWindow()
  await user.keyboard('{Control>}k{/Control}')
  const options = screen.getAllByRole('option').map((option) => option.textContent)
  expect(options.filter((text) => /^(Answer|Hold|Transfer|Hang up|Wrap up)/.test(text))).toEqual([])
  for (const state of ['Ready', 'Break', 'Lunch', 'Training', 'Meeting', 'Back office'])
    expect(options.some((text) => text.includes(state))).toBe(true)
})

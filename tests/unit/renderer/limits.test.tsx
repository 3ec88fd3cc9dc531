import { fireEvent, screen, waitFor } from '@testing-library/react'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LONGEST_TYPED } from '../../../protocol/draft.ts'
import { chooseReasonAndOutcome, openWindow } from './stand.tsx'

const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' })
const paste = (field: HTMLElement, text: string) => fireEvent.change(field, { target: { value: text } })

test('a pasted note that is too long stays whole, says so, and stops the wrap-up until it is shortened', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await happens(() => bridge.endCall('call-business'))
  const text = 'x'.repeat(50_000)
  paste(note(), text)
  expect(note().value).toBe(text)
  expect(screen.getByText(/30,000 characters too many/)).toBeTruthy()
  await waitFor(() =>
    expect(
      (bridge.asked.findLast((a) => a.name === 'draft.save')!.args as { content: { note: string } }).content.note,
    ).toBe(text),
  )
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect((await screen.findByRole('alert')).textContent).toContain('too long by 30000')
  expect(bridge.asked.some((a) => a.name === 'desk.wrapUp')).toBe(false)
  paste(note(), text.slice(0, 20_000))
  await chooseReasonAndOutcome(user)
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(bridge.asked.some((a) => a.name === 'desk.wrapUp')).toBe(true))
})

test('the field says how much is left near the limit, and not before', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{Alt>}l{/Alt}')
  const subject = screen.getByRole('textbox', { name: /What is wrong/ })
  paste(subject, 'x'.repeat(200))
  expect(screen.queryByText(/characters left/)).toBeNull()
  paste(subject, 'x'.repeat(290))
  expect(screen.getByText('10 characters left')).toBeTruthy()
  paste(subject, 'x'.repeat(310))
  expect(screen.getByText(/10 characters too many/)).toBeTruthy()
})

test('text that is longer than a draft can hold is not inserted, a message says so, and the earlier text stays', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F6}kept')
  paste(note(), 'x'.repeat(LONGEST_TYPED + 1))
  expect(note().value).toBe('kept')
  expect(screen.getByRole('alert').textContent).toContain('Not inserted')
})

test('only the sign-in’s fields let the browser cut what is typed', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'))
  expect(files.filter((file) => /maxLength/.test(readFileSync(`renderer/${file}`, 'utf8')))).toEqual([
    'screens/sign-in/SignInScreen.tsx',
  ])
})

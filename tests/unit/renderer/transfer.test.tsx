import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { agentStates, MINUTE, userId } from '../../support/recorded/rows.ts'
import { createRecordedBridge } from '../../support/recorded-bridge.ts'
import { emptyStorage, openWindow, type Stand } from './stand.tsx'

async function transferring(language: 'en' | 'zh' = 'en', bridge = createRecordedBridge()): Promise<Stand> {
  const stand = await openWindow(language, emptyStorage(), bridge)
  await stand.happens(() => void stand.bridge.ring('business', { phase: 'talking', answeredAt: Date.now() }))
  await stand.user.keyboard('{F8}')
  await screen.findByRole('dialog')
  return stand
}
const lines = (): string[] =>
  within(screen.getByRole('dialog'))
    .getAllByRole('option')
    .map((option) => option.textContent)
const transferredTo = ({ bridge }: Stand): unknown =>
  (bridge.asked.findLast((a) => a.name === 'call.control')?.args as { toExtension?: string } | undefined)?.toExtension

test('free colleagues come first, the longest free on top, and the others show their state and since when', async () => {
  await transferring()
  expect(lines()).toEqual([
    expect.stringMatching(/^He Jing 何静Support2005Ready \d:\d\d$/),
    expect.stringMatching(/^Sarah KellerSupport2003Ready \d:\d\d$/),
    expect.stringMatching(/^Support2005.*2 of 3 ready · He Jing/),
    expect.stringMatching(/^Zhang Lei.*Talking \d:\d\d$/),
    expect.stringMatching(/^Song Yan.*Not ready · Lunch 1\d:\d\d$/),
    expect.stringMatching(/^Anna Weber.*Logged out 5 hr ago/),
    expect.stringMatching(/^Lin Yue.*Logged out$/),
  ])
})

test('Enter gives the call to the colleague who has been free longest', async () => {
  const stand = await transferring()
  await stand.user.keyboard('{Enter}')
  expect(transferredTo(stand)).toBe('2005')
})

test('where nobody is free Enter alone transfers nothing', async () => {
  const bridge = createRecordedBridge()
  bridge.setColleagueStates(agentStates(Date.now()).filter((one) => one.state !== 'READY'))
  const stand = await transferring('en', bridge)
  await stand.user.keyboard('{Enter}')
  expect(transferredTo(stand)).toBeUndefined()
  await stand.user.keyboard('{ArrowDown}{Enter}')
  expect(transferredTo(stand)).toBe('2002')
})

test('a team is found by its name in the language of the screen, and stands for its member who has been free longest', async () => {
  const stand = await transferring('zh')
  await stand.user.keyboard('客服')
  expect(lines()[2]).toMatch(/^客服.*3 人中 2 人就绪 · 何静/)
  await stand.user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  expect(transferredTo(stand)).toBe('2005')
})

test('typing a name finds that person, busy or not, and nobody else of the team', async () => {
  const stand = await transferring()
  await stand.user.keyboard('zhang')
  expect(lines()).toEqual([expect.stringMatching(/^Zhang Lei/)])
  await stand.user.keyboard('{Enter}')
  expect(transferredTo(stand)).toBe('2002')
})

test('a colleague who becomes busy says so in their line, and no line moves', async () => {
  const stand = await transferring()
  const before = agentStates(Date.now())
  await stand.happens(() =>
    stand.bridge.setColleagueStates(
      before.map((one) => (one.userId === userId(5) ? { ...one, state: 'RESERVED', since: Date.now() - MINUTE } : one)),
    ),
  )
  expect(lines()[0]).toMatch(/^He Jing.*Reserved \d:\d\d/)
  await stand.user.keyboard('k')
  expect(lines()[0]).toMatch(/^Sarah Keller/)
})

test('where the server does not say who is free, the call can still be given to everyone', async () => {
  const stand = await transferring()
  await stand.happens(() => stand.bridge.setColleagueStates(null))
  await stand.user.keyboard('2')
  expect(lines().every((line) => line.endsWith('unknown'))).toBe(true)
  await stand.user.keyboard('{Backspace}')
  expect(screen.getByText(/You can still transfer the call/)).toBeTruthy()
  await stand.user.keyboard('zhang{Enter}')
  expect(transferredTo(stand)).toBe('2002')
})

import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openWindow, type Stand } from './stand.tsx'

const focusedRow = () => document.activeElement?.closest('[role=row]')?.textContent ?? ''

const opened = async (): Promise<Stand> => {
  const stand = await openWindow()
  await stand.user.keyboard('{Alt>}b{/Alt}')
  await screen.findByRole('grid', { name: /Callbacks/ }, { timeout: 10_000 })
  await waitFor(() => expect(focusedRow()).toContain('Call back about the spring volume'))
  return stand
}
const asked = (stand: Stand, name: string) =>
  stand.bridge.asked.filter((one) => one.name === name).map(({ args }) => args)

test('finishing a due task takes two keys, the focus goes to the next row, and one more key undoes it', async () => {
  const stand = await opened()
  await stand.user.keyboard('d')
  expect(asked(stand, 'task.done')).toHaveLength(1)
  expect(screen.queryByText('Call back about the spring volume')).toBeNull()
  await waitFor(() => expect(focusedRow()).toContain('是否收到更换的货'))
  await stand.user.keyboard('{Alt>}t{/Alt}')
  expect(asked(stand, 'task.takeBack')).toEqual(asked(stand, 'task.done'))
  expect(await screen.findByText('Call back about the spring volume')).toBeDefined()
})

test('dialling names the customer and the task that it is for', async () => {
  const stand = await opened()
  await stand.user.keyboard('c')
  expect(asked(stand, 'call.dial')).toMatchObject([
    { number: '+8613800138000', customerId: expect.any(String), taskId: expect.any(String) },
  ])
})

test('a callback is postponed to a readable time, and dropped with a reason', async () => {
  const stand = await opened()
  await stand.user.keyboard('p')
  await stand.user.keyboard('when it suits{Enter}')
  expect(asked(stand, 'task.postpone')).toEqual([])
  await stand.user.clear(screen.getByRole('textbox', { name: 'New time' }))
  await stand.user.keyboard('tomorrow 10:00{Enter}')
  expect(asked(stand, 'task.postpone')).toMatchObject([{ dueAt: expect.any(Number) }])
  await stand.user.click(screen.getAllByRole('gridcell')[0]!)
  await stand.user.keyboard('x')
  await stand.user.keyboard('{Enter}')
  expect(asked(stand, 'task.drop')).toEqual([])
  await stand.user.keyboard('Has called us himself.{Enter}')
  expect(asked(stand, 'task.drop')).toMatchObject([{ reason: 'Has called us himself.' }])
})

test('each view says how many it has, typing filters, and a task that was just finished can be opened again', async () => {
  const stand = await opened()
  expect(
    within(screen.getByRole('group', { name: 'Whose callbacks' }))
      .getAllByRole('button')
      .map((one) => one.textContent),
  ).toEqual(['Mine 3', "Team's 3", 'All 3', 'Just finished 0'])
  await stand.user.keyboard('/')
  await stand.user.keyboard('emma')
  expect(await screen.findByText('Birthday greeting')).toBeDefined()
  expect(screen.queryByText('Call back about the spring volume')).toBeNull()
  await stand.user.keyboard('{Escape}')
  await stand.user.click((await screen.findAllByRole('button', { name: 'Done' }))[0]!)
  await stand.user.click(screen.getByRole('button', { name: 'Just finished 1' }))
  await stand.user.click(await screen.findByRole('button', { name: 'Reopen' }))
  expect(asked(stand, 'task.takeBack')).toHaveLength(1)
})

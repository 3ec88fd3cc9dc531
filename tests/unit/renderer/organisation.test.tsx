import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openWindow } from './stand.tsx'

const matters = () =>
  within(screen.getByRole('list', { name: 'Open matters' }))
    .getAllByRole('listitem')
    .map((item) => item.textContent)

test('an organisation’s open matters are shown among those of the person who calls for it, marked with its name', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => void bridge.ring('business'))
  expect(matters().find((text) => text.startsWith('Invoice'))).toMatch(/^InvoiceHuaxin Plastics Co\., Ltd\.5539/)
  expect(matters().find((text) => text.startsWith('Complaint'))).toMatch(/^ComplaintC-1042/)
})

test('the organisation’s overdue amount is beside the contract, and its credit comes after the shorter parts', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => void bridge.ring('business'))
  const header = screen.getByRole('heading', { level: 1 }).closest('header')!.textContent
  expect(header).toMatch(
    /Contact of Huaxin Plastics Co\., Ltd\. Alt\+G¥[\d,.]+ \+ €40\.00 overdue.*credit A, ¥12,400 of ¥50,000 \+ €1,200 not in the limit/,
  )
})

test('the same in Chinese, with each currency separately', async () => {
  const { bridge, happens } = await openWindow('zh')
  await happens(() => void bridge.ring('business'))
  const header = screen.getByRole('heading', { level: 1 }).closest('header')!.textContent
  expect(header).toMatch(/逾期 ¥[\d,.]+ \+ €40\.00.*信用 A，¥50,000 已用 ¥12,400 \+ €1,200（不计入额度）/)
})

test('purchases in another currency are named where the bars would be', async () => {
  const { happens, user } = await openWindow()
  await user.keyboard('{Control>}k{/Control}Huaxin')
  await user.click(await screen.findByRole('option', { name: /Huaxin Plastics/ }))
  await happens(() => {})
  expect(await screen.findByText('€1,200.00 in 24 months')).toBeTruthy()
})

test('a list whose rows are all the organisation’s says so above it, and a list of the customer’s own rows says nothing', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.click(screen.getByRole('tab', { name: 'Finance' }))
  expect(screen.getByText('All of Huaxin Plastics Co., Ltd.')).toBeTruthy()
  await user.click(screen.getByRole('tab', { name: /Orders/ }))
  expect(screen.queryByText(/^All of/)).toBeNull()
})

test('an organisation shows its people and who was spoken to last, and one click dials them', async () => {
  const { bridge, happens, user } = await openWindow()
  await user.keyboard('{Control>}k{/Control}Huaxin')
  await user.click(await screen.findByRole('option', { name: /Huaxin Plastics/ }))
  await happens(() => {})
  await user.click(await screen.findByRole('tab', { name: 'People 1' }))
  const people = within(screen.getByRole('table', { name: 'People' }))
  expect(people.getByRole('row', { name: /Li Wei 李伟.*2 hr ago/ })).toBeTruthy()
  await user.click(people.getByRole('button', { name: 'Call +86 138 0013 8000' }))
  expect(bridge.asked.findLast((asked) => asked.name === 'call.dial')?.args).toMatchObject({
    number: '+8613800138000',
    taskId: null,
  })
})

test('the preferences of an organisation’s people are in its header with their names, as many as its view counts', async () => {
  const { happens, user } = await openWindow()
  await user.keyboard('{Control>}k{/Control}Huaxin')
  await user.click(await screen.findByRole('option', { name: /Huaxin Plastics/ }))
  await happens(() => {})
  expect(await screen.findByRole('tab', { name: 'Preferences 1' })).toBeTruthy()
  expect(screen.getByText('Prefers: best time to call: never before 10:00 (Li Wei)')).toBeTruthy()
})

test('a record that cannot be read again says so calmly above the earlier reading', async () => {
  const { bridge, happens } = await openWindow()
  await happens(() => {
    const desk = bridge.ring('business')
    bridge.setCall({
      ...desk,
      call: { ...desk.call, revision: desk.call.revision + 1 },
      unread: { code: 'RECORD_UNREADABLE', params: {} },
    })
  })
  expect(screen.getByRole('heading', { name: 'Li Wei 李伟' })).toBeTruthy()
  expect(screen.getAllByRole('status').map((status) => status.textContent)).toContainEqual(
    expect.stringMatching(/^The record cannot be read right now/),
  )
})

test('from a caller one key goes to their organisation, and there a person is opened by name', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{Alt>}g{/Alt}')
  expect(await screen.findByRole('heading', { level: 1, name: /Huaxin Plastics/ })).toBeTruthy()
  await user.click(await screen.findByRole('tab', { name: 'People 1' }))
  await user.click(within(screen.getByRole('table', { name: 'People' })).getByRole('button', { name: 'Li Wei 李伟' }))
  expect(await screen.findByRole('heading', { level: 1, name: /Li Wei/ })).toBeTruthy()
})

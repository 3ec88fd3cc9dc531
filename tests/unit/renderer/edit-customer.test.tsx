import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { businessRecord, customers } from '../../support/recorded/records.ts'
import { openWindow, type Stand } from './stand.tsx'

const changes = ({ bridge }: Stand) =>
  bridge.asked.filter((a) => a.verb === 'run').map(({ name, args }) => [name, args])
const form = () => screen.getByRole('form', { name: 'Customer data' })
const field = (name: string) => within(form()).getByRole<HTMLInputElement>('textbox', { name })

async function editing(): Promise<Stand> {
  const stand = await openWindow()
  await stand.happens(() => void stand.bridge.ring('business'))
  await stand.user.keyboard('{Alt>}j{/Alt}')
  return stand
}

test('by keyboard alone a customer’s city and number are changed, each field with its earlier value', async () => {
  const stand = await editing()
  expect(document.activeElement).toBe(field('Name'))
  await stand.user.clear(field('City'))
  await stand.user.type(field('City'), 'Guangzhou')
  await stand.user.type(field('New number'), '138 0013 8000')
  await stand.user.keyboard('{Enter}')
  await waitFor(() => expect(changes(stand)).toHaveLength(2))
  expect(changes(stand)).toEqual([
    [
      'customer.change',
      { customerId: customers.liWei.id, was: { city: customers.liWei.city }, now: { city: 'Guangzhou' } },
    ],
    [
      'contactPoint.add',
      {
        contactPointId: expect.any(String),
        customerId: customers.liWei.id,
        label: 'mobile',
        phone: { raw: '138 0013 8000', country: 'CN' },
      },
    ],
  ])
  await waitFor(() => expect(screen.queryByRole('form', { name: 'Customer data' })).toBeNull())
})

test('a blank name, a day that does not exist and an invisible character are refused in words, and nothing is sent', async () => {
  const stand = await editing()
  await stand.user.clear(field('Name'))
  await stand.user.type(field('Birthday'), '1981-02-29')
  await stand.user.keyboard('{Enter}')
  expect(within(form()).getByText('Enter at least a name or a company.')).toBeTruthy()
  expect(within(form()).getByText(/Birthday.*cannot be/)).toBeTruthy()
  expect(changes(stand)).toEqual([])
})

test('a colleague’s change is shown beside the typed text, and the user chooses one of the two before saving', async () => {
  const stand = await editing()
  await stand.user.clear(field('City'))
  await stand.user.type(field('City'), 'Guangzhou')
  await stand.happens(() => stand.bridge.changeCustomer(customers.liWei.id, { city: 'Wuhan', remark: 'likes tea' }))
  expect(screen.getByText(/A colleague has changed this to "Wuhan"/)).toBeTruthy()
  expect(field('Remark').value).toBe('likes tea')
  await stand.user.type(field('Name'), '{Enter}')
  expect(changes(stand)).toEqual([])
  await stand.user.click(screen.getByRole('button', { name: 'Use mine' }))
  await stand.user.type(field('Name'), '{Enter}')
  await waitFor(() =>
    expect(changes(stand)).toEqual([
      ['customer.change', { customerId: customers.liWei.id, was: { city: 'Wuhan' }, now: { city: 'Guangzhou' } }],
    ]),
  )
})

test('one press keeps the colleague’s value, and then there is nothing to send', async () => {
  const stand = await editing()
  await stand.user.clear(field('City'))
  await stand.user.type(field('City'), 'Guangzhou')
  await stand.happens(() => stand.bridge.changeCustomer(customers.liWei.id, { city: 'Wuhan' }))
  await stand.user.click(screen.getByRole('button', { name: "Keep the colleague's" }))
  expect(field('City').value).toBe('Wuhan')
  await stand.user.type(field('Name'), '{Enter}')
  await waitFor(() => expect(screen.queryByRole('form', { name: 'Customer data' })).toBeNull())
  expect(changes(stand)).toEqual([])
})

test('a change that came too late is shown beside the present value, to replace it or to be dropped', async () => {
  const stand = await openWindow()
  await stand.happens(() => void stand.bridge.ring('business'))
  const late = { commandId: crypto.randomUUID(), field: 'city', mine: 'Guangzhou', at: 0 }
  await stand.happens(() => stand.bridge.setConflicts([late]))
  expect(screen.getByText(/City: you entered "Guangzhou", but a colleague had already changed it/)).toBeTruthy()
  await stand.user.click(screen.getByRole('button', { name: 'Use mine' }))
  await waitFor(() =>
    expect(stand.bridge.asked.at(-1)).toMatchObject({ name: 'sync.dismiss', args: { commandId: late.commandId } }),
  )
  expect(changes(stand)).toEqual([
    [
      'customer.change',
      { customerId: customers.liWei.id, was: { city: customers.liWei.city }, now: { city: 'Guangzhou' } },
    ],
  ])
  expect(screen.queryByText(/you entered/)).toBeNull()
})

test('a form that is half filled in is there again after a reload, and stops the wrap-up', async () => {
  const first = await editing()
  await first.user.type(field('Remark'), 'likes tea')
  await waitFor(() => expect(JSON.stringify(first.bridge.asked.at(-1))).toContain('likes tea'))
  first.unmount()
  const second = await openWindow('en', undefined, first.bridge)
  await waitFor(() => expect(field('Remark').value).toBe('likes tea'))
  await second.happens(() => first.bridge.endCall('call-business'))
  await second.user.keyboard('{Control>}{Enter}{/Control}')
  expect((await screen.findByRole('alert')).textContent).toContain('customer data')
  expect(first.bridge.asked.some((a) => a.name === 'desk.wrapUp')).toBe(false)
})

test('Escape closes the form and keeps its text; a separate press discards it', async () => {
  const stand = await editing()
  await stand.user.type(field('Remark'), 'likes tea')
  await stand.user.keyboard('{Escape}')
  expect(screen.queryByRole('form', { name: 'Customer data' })).toBeNull()
  await stand.user.click(screen.getByRole('button', { name: /^Edit · draft/ }))
  expect(field('Remark').value).toBe('likes tea')
  await stand.user.click(screen.getByRole('button', { name: 'Discard changes' }))
  await stand.user.keyboard('{Alt>}j{/Alt}')
  expect(field('Remark').value).toBe('')
})

test('the record and the form say who last changed the data and a number, and when', async () => {
  const stand = await openWindow()
  await stand.happens(() => void stand.bridge.ring('business'))
  expect(screen.queryByText(/Last changed by/)).toBeNull()
  const record = businessRecord(Date.now())
  const [colleague] = record.people
  const changed = { changedBy: colleague!.userId, changedAt: Date.UTC(2020, 4, 6, 4) }
  await stand.happens(() =>
    stand.bridge.setRecord({
      ...record,
      customer: { ...record.customer, remark: 'likes tea', ...changed },
      contactPoints: record.contactPoints.map((point, n) => (n === 0 ? { ...point, ...changed } : point)),
    }),
  )
  const words = new RegExp(`Last changed by .*${colleague!.displayName}.*, 6 May 2020`)
  expect(await screen.findByText(words)).toBeTruthy()
  expect(screen.getByText('Remark: likes tea')).toBeTruthy()
  await stand.user.keyboard('{Alt>}j{/Alt}')
  expect(within(form()).getByText(words, { selector: 'p, span, div' })).toBeTruthy()
  const [first, ...others] = within(within(form()).getByRole('list', { name: 'Numbers on record' })).getAllByRole(
    'listitem',
  )
  expect(first!.textContent).toMatch(words)
  for (const other of others) expect(other.textContent).not.toMatch(words)
})

import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { businessRecord, customers } from '../../support/recorded/records.ts'
import { openWindow } from './stand.tsx'

const record = businessRecord(Date.now())
const [delivered] = record.orders
const papers: readonly (readonly [what: string, number: string | null | undefined, tab: RegExp])[] = [
  ['order', delivered?.order.number, /^Orders/],
  ['parcel', delivered?.shipments[0]?.trackingNumber, /^Orders/],
  ['invoice', record.invoices[0]?.number, /^Finance/],
  ['quote', record.quotes[0]?.number, /^Quotes/],
  ['complaint', record.complaints[0]?.number, /^Complaints/],
]

/** The row that was searched for: it is marked and has the focus. */
const marked = async (number: string): Promise<HTMLElement> => {
  const row = await waitFor(() => {
    const found = screen.getAllByRole('row').find((one) => one.getAttribute('aria-current') === 'true')
    if (!found) throw new Error('no row is marked')
    return found
  })
  expect(row.textContent).toContain(number)
  await waitFor(() => expect(document.activeElement).toBe(row))
  return row
}

test.each(papers)(
  'an agent who searches for the number of one %s is taken to its view and its row',
  async (_, number, tab) => {
    expect(number).toBeTruthy()
    const { user } = await openWindow()
    await user.keyboard(`{Alt>}s{/Alt}${number}{Enter}`)
    await marked(number!)
    expect(screen.getByRole('tab', { name: tab, selected: true })).toBeTruthy()
  },
)

test('the palette goes to the row at once where the customer is already on the screen; another view removes the mark', async () => {
  const { user, bridge, happens } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}{F6}')
  for (const number of [record.quotes[0]!.number!, record.complaints[0]!.number!]) {
    await user.keyboard(`{Control>}k{/Control}${number}{Enter}`)
    await marked(number)
  }
  expect(screen.getByRole('tab', { name: /^Complaints/, selected: true })).toBeTruthy()
  // The focus moves to the row only once: later changes do not take it from an agent who goes on writing.
  await user.keyboard('{F6}')
  await happens(() => bridge.setComplaintStep(record.complaints[0]!.number!, 'investigated', 'quality'))
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Note' }))
  await user.click(screen.getByRole('tab', { name: /^Orders/ }))
  expect(screen.getAllByRole('row').filter((row) => row.hasAttribute('aria-current'))).toEqual([])
})

test('a customer who is found by name is shown at the view where they were left', async () => {
  const { user } = await openWindow()
  await user.keyboard(`{Alt>}s{/Alt}${customers.liWei.displayName}{Enter}`)
  expect(await screen.findByRole('tab', { name: /^Timeline/, selected: true })).toBeTruthy()
})

test('a list that is longer than what is shown says so, and shows more on request', async () => {
  const { user, bridge } = await openWindow()
  bridge.addNamesakes(120, 'Zhou Jing')
  await user.keyboard('{Alt>}s{/Alt}zhou')
  const list = await screen.findByRole('listbox')
  const lines = (): HTMLElement[] => within(list).getAllByRole('option')
  await waitFor(() => expect(lines()).toHaveLength(51))
  expect(lines().at(-1)?.textContent).toBe('The first 50 are shown. Load more')
  await user.click(lines().at(-1)!)
  await waitFor(() => expect(lines()).toHaveLength(101))
  await user.click(lines().at(-1)!)
  await waitFor(() => expect(lines()).toHaveLength(120))
  expect(within(list).queryByText(/Load more/)).toBeNull()
})

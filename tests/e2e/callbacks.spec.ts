import { expect, test, type Page } from '@playwright/test'
import { startCenter, type Center, type Desk } from './support/center.ts'
import { noteOf, openCustomerAt } from './support/open-customer.ts'

let center: Center
let wang: Desk
let customer: { id: string; number: string; displayName: string }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  center = await startCenter()
  await center.plan([])
  await center.startServer()
  // Somebody who shares a number, if there is one: the number alone would not say who is called.
  const [found] = await center.query<typeof customer>(`
    select c.id, c.number, c.display_name as "displayName" from customer c join contact_point p on p.customer_id = c.id
    where c.kind = 'person' and p.e164 is not null and p.preferred and not exists (select 1 from task t where t.customer_id = c.id)
    order by exists (select 1 from contact_point q where q.e164 = p.e164 and q.customer_id <> c.id) desc, c.number limit 1`)
  customer = found!
  wang = await center.openDesk('wang')
})

test.afterAll(() => center.remove())

const strip = (page: Page) => page.getByRole('region', { name: 'Calls and your state' })
const callbacksOf = () =>
  center.query(
    `select status, done_by is not null as "hasDoer" from task where customer_id = $1 and kind = 'callback'`,
    customer.id,
  )

/** Goes to the row of a callback and dials it by its key. */
async function dialRow(page: Page, text: RegExp): Promise<void> {
  await page.keyboard.press('Alt+b')
  const row = page.getByRole('row', { name: text })
  await expect(row).toBeVisible()
  await row.getByRole('gridcell').first().click()
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(customer.displayName)
  await expect(page.getByText('Who is calling?')).toHaveCount(0)
}

test('a callback that nobody answers leaves its tab, which is wrapped up as "no answer", and stays open', async ({
  page,
}) => {
  await openCustomerAt(page, wang, customer)
  await page.keyboard.press('F6')
  await page.keyboard.type('asks about the glass version')
  await page.getByRole('textbox', { name: 'Callback' }).fill('tomorrow 10:00')
  await page.keyboard.press('Control+Enter')
  await dialRow(page, /asks about the glass version/)
  await expect(strip(page).getByText(/^Dialling/)).toBeVisible()
  await page.keyboard.press('F9')
  await expect(page.getByRole('tab', { name: new RegExp(`${customer.displayName}.*Ended`) })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Outcome' })).toHaveValue('noAnswer')
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(() =>
      center.query(
        `select direction, outcome from interaction where customer_id = $1 and call_id is not null order by started_at desc limit 1`,
        customer.id,
      ),
    )
    .toEqual([{ direction: 'out', outcome: 'noAnswer' }])
  expect(await callbacksOf()).toEqual([{ status: 'open', hasDoer: false }])
})

test('a callback is dialled from its row and opens its customer; wrapping it up as resolved completes it, and one press reopens it', async ({
  page,
}) => {
  await page.goto(wang.address)
  await expect(page.getByText('synced')).toBeVisible()
  await dialRow(page, /asks about the glass version/)
  await expect(strip(page).getByText(/^Talking/)).toBeVisible()
  await page.keyboard.press('F9')
  await expect(page.getByRole('complementary', { name: 'The call that ended' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Reason for contact' }).selectOption('Product')
  await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Resolved')
  await noteOf(page).fill('told the price')
  await page.keyboard.press('Control+Enter')
  const reopen = page.getByRole('button', { name: /Reopen callback/ })
  await expect(reopen).toBeVisible()
  await expect.poll(callbacksOf).toEqual([{ status: 'done', hasDoer: true }])
  await reopen.click()
  await expect.poll(callbacksOf).toEqual([{ status: 'open', hasDoer: false }])
})

import { expect, test } from '@playwright/test'
import { startCenter, type Center, type Desk } from './support/center.ts'
import { noteOf, openCustomerAt } from './support/open-customer.ts'

let center: Center
let wang: Desk
let chen: Desk
let customer: { id: string; number: string; displayName: string }
let product: { sku: string; list: number; floor: number; currency: string }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  center = await startCenter()
  await center.plan([])
  await center.startServer()
  const [found] = await center.query<typeof customer>(`
    select id, number, display_name as "displayName" from customer c where kind = 'person' and profile = 'retail'
    and not exists (select 1 from quote q where q.customer_id = c.id) and not exists (select 1 from complaint k where k.customer_id = c.id) order by number limit 1`)
  customer = found!
  const [sold] = await center.query<typeof product>(`
    select sku, list_price_minor as list, floor_price_minor as floor, currency from product where floor_price_minor < list_price_minor - 300 order by sku limit 1`)
  product = sold!
  wang = await center.openDesk('wang')
  chen = await center.openDesk('chen')
})

test.afterAll(() => center.remove())

test('a price is quoted by keyboard with its reason, and the next agent who is asked for it sees the earlier price', async ({
  page,
  browser,
}) => {
  await openCustomerAt(page, wang, customer)
  const told = ((product.list - 200) / 100).toFixed(2)
  await page.keyboard.press('F7')
  await page.keyboard.type(product.sku)
  await page
    .getByRole('option', { name: new RegExp(product.sku) })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: /Price per/ })).toBeFocused()
  await page.keyboard.type(told)
  await page.keyboard.press('Enter')
  // The price differs from the list, so it is not issued before the agent has written why.
  await expect(page.getByRole('textbox', { name: /Reason/ })).toBeFocused()
  await page.keyboard.type('second order this month')
  await page.keyboard.press('Enter')
  await expect
    .poll(() =>
      center.query(
        `select lines->0->'unitPriceMinor' as price, lines->0->>'reason' as reason, status from quote where customer_id = $1`,
        customer.id,
      ),
    )
    .toEqual([{ price: product.list - 200, reason: 'second order this month', status: 'issued' }])
  await expect(page.getByRole('tabpanel').getByText(told).first()).toBeVisible()

  const colleague = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  await openCustomerAt(colleague, chen, customer)
  await colleague.keyboard.press('F7')
  await colleague.keyboard.type(product.sku)
  await colleague
    .getByRole('option', { name: new RegExp(product.sku) })
    .first()
    .waitFor()
  await colleague.keyboard.press('Enter')
  await expect(colleague.getByLabel('Earlier prices').getByText(told).first()).toBeVisible()
})

test('a complaint that one agent logs is in a colleague’s list, where arrows and Enter open it in the customer’s record', async ({
  page,
  browser,
}) => {
  await openCustomerAt(page, wang, customer)
  const colleague = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  await colleague.goto(chen.address)
  await expect(colleague.getByText('synced')).toBeVisible({ timeout: 30_000 })
  await colleague.keyboard.press('Alt+p')
  await page.keyboard.press('Alt+l')
  await page.keyboard.type('the lid does not close')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/the lid does not close/).first()).toBeVisible()
  const row = colleague.getByRole('row', { name: /the lid does not close/ })
  await expect(row).toBeVisible({ timeout: 10_000 })
  await row.getByRole('gridcell').first().click()
  await colleague.keyboard.press('Enter')
  await expect(colleague.getByRole('heading', { name: customer.displayName })).toBeVisible()
  await expect(colleague.getByRole('tab', { name: /Complaints/, selected: true })).toBeVisible()
})

test('a promise with a time is among the callbacks and can be finished there', async ({ page }) => {
  await openCustomerAt(page, wang, customer)
  await page.keyboard.press('F6')
  await page.keyboard.type('wants to hear about the glass version')
  await page.getByRole('textbox', { name: 'Callback' }).fill('tomorrow 10:00')
  await expect(page.getByText(/10:00/).first()).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(noteOf(page)).toHaveCount(0)
  await page.keyboard.press('Alt+b')
  const row = page.getByRole('row', { name: /wants to hear about the glass version/ })
  await expect(row).toBeVisible({ timeout: 10_000 })
  await row.getByRole('button', { name: 'Done' }).click()
  await expect(row).toHaveCount(0)
  await expect
    .poll(() =>
      center.query(
        `select status from task where customer_id = $1 and kind = 'callback' order by created_at desc limit 1`,
        customer.id,
      ),
    )
    .toEqual([{ status: 'done' }])
})

import { expect, test } from '@playwright/test'
import { startCenter, type Center, type Desk } from './support/center.ts'
import { openCustomerAt } from './support/open-customer.ts'

let center: Center
let wang: Desk
let zhao: Desk
let customer: { id: string; number: string; displayName: string }
let product: { sku: string; floor: number }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  center = await startCenter()
  await center.plan([])
  await center.startServer()
  const [found] = await center.query<typeof customer>(`
    select id, number, display_name as "displayName" from customer c where kind = 'person' and profile = 'retail'
    and not exists (select 1 from quote q where q.customer_id = c.id) order by number limit 1`)
  customer = found!
  const [sold] = await center.query<typeof product>(
    `select sku, floor_price_minor as floor from product where currency = 'CNY' and floor_price_minor > 1000 order by sku limit 1`,
  )
  product = sold!
  wang = await center.openDesk('wang')
  zhao = await center.openDesk('zhao')
})

test.afterAll(() => center.remove())

test('a price below the floor waits for approval, is approved by keyboard alone, and the agent who asked for it is told in the strip', async ({
  page,
  browser,
}) => {
  const supervisor = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  await supervisor.goto(zhao.address)
  // The demo already has two prices that wait.
  await expect(supervisor.getByRole('button', { name: /Approvals 2/ })).toBeVisible({ timeout: 60_000 })

  await openCustomerAt(page, wang, customer)
  await expect(page.getByRole('button', { name: /Approvals/ })).toHaveCount(0)
  await page.keyboard.press('F7')
  await page.keyboard.type(product.sku)
  await page
    .getByRole('option', { name: new RegExp(product.sku) })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: /Price per/ })).toBeFocused()
  const wanted = ((product.floor - 100) / 100).toFixed(2)
  await page.keyboard.type(wanted)
  await page.getByRole('textbox', { name: /Reason/ }).fill('a competitor offers less')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Waiting for approval').first()).toBeVisible()

  await expect(supervisor.getByRole('button', { name: /Approvals 3/ })).toBeVisible({ timeout: 10_000 })
  await supervisor.keyboard.press('Alt+i')
  await supervisor
    .getByRole('option', { name: new RegExp(product.sku) })
    .filter({ hasText: wanted })
    .click()
  await expect(supervisor.getByText('a competitor offers less')).toBeVisible()
  await supervisor.screenshot({ path: test.info().outputPath('approvals-en.png') })
  await supervisor.getByRole('button', { name: 'Switch to Chinese' }).click()
  await expect(supervisor.getByRole('heading', { name: '待审批的价格' })).toBeVisible()
  await supervisor.screenshot({ path: test.info().outputPath('approvals-zh.png') })
  await supervisor.getByRole('listbox').focus()
  await supervisor.keyboard.press('a')
  await supervisor.keyboard.type('老客户，同意')
  await supervisor.keyboard.press('Enter')
  await expect(supervisor.getByRole('option')).toHaveCount(2)

  const told = page.getByRole('banner').getByRole('button', { name: /Approved:/ })
  await expect(told).toBeVisible({ timeout: 10_000 })
  await page.screenshot({ path: test.info().outputPath('strip-en.png') })
  // The notice outlives a reload until the agent confirms that they have seen it.
  await page.reload()
  await told.click()
  await expect(page.getByRole('dialog').getByText('老客户，同意')).toBeVisible()
  await page.getByRole('button', { name: 'Open the quote' }).click()
  await expect(page.getByText(/approved by Zhao Qiang/).first()).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('quote-en.png') })
  await expect(told).toHaveCount(0)
  await expect
    .poll(() =>
      center.query('select approval, status, decision_reason as reason from quote where customer_id = $1', customer.id),
    )
    .toEqual([{ approval: 'granted', status: 'issued', reason: '老客户，同意' }])
})

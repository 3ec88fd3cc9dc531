import { expect, test } from '@playwright/test'
import { startCenter, type Center, type Desk } from './support/center.ts'
import { noteOf, openCustomerAt } from './support/open-customer.ts'
import { wrapUpAnyway } from './support/wrap-up-anyway.ts'

let center: Center
let wang: Desk
let chen: Desk
let customer: { id: string; number: string; displayName: string; e164: string }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  center = await startCenter()
  await center.plan([])
  await center.startServer()
  const [found] = await center.query<typeof customer>(`
    select c.id, c.number, c.display_name as "displayName", p.e164 from customer c join contact_point p on p.customer_id = c.id
    where c.kind = 'person' and p.e164 is not null and (select count(*) from contact_point q where q.e164 = p.e164) = 1 order by c.number limit 1`)
  customer = found!
  wang = await center.openDesk('wang')
  chen = await center.openDesk('chen')
})

test.afterAll(() => center.remove())

test('a note that an agent writes appears at once in the record that a colleague and a second window have open', async ({
  page,
  context,
  browser,
}) => {
  await openCustomerAt(page, wang, customer)
  const second = await context.newPage()
  await openCustomerAt(second, wang, customer)
  const colleague = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  await openCustomerAt(colleague, chen, customer)

  await page.keyboard.press('F6')
  await page.keyboard.type('sends the drawings tomorrow')
  await page.keyboard.press('Control+Enter')
  for (const screen of [second, colleague])
    await expect(screen.getByRole('tabpanel').getByText('sends the drawings tomorrow')).toBeVisible({ timeout: 5000 })
  // A note that the first window has wrapped up cannot be wrapped up again by the second.
  await expect(noteOf(second)).toHaveValue('')
})

test('without the server the workstation works on, and everything arrives in order when the server is back', async ({
  page,
  browser,
}) => {
  await openCustomerAt(page, wang, customer)
  await center.killServer('SIGKILL')
  await expect(page.getByText(/Offline since/)).toBeVisible({ timeout: 20_000 })

  await wang.call(customer.e164)
  await expect(page.getByText('Direct call').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: customer.displayName })).toBeVisible()
  for (const text of ['first without the server', 'second without the server']) {
    await page.keyboard.press('F6')
    await noteOf(page).fill(text)
    await wrapUpAnyway(page)
    // The tab of the customer was that of the call, and closes with it. Their record has the contact at once.
    await page.getByRole('region', { name: 'Recent' }).getByRole('button', { name: customer.displayName }).click()
    await expect(page.getByText(text).first()).toBeVisible()
    await expect(noteOf(page)).toHaveValue('')
    if (text.startsWith('first')) {
      await wang.call(customer.e164)
      await expect(page.getByText('Direct call').first()).toBeVisible()
    }
  }
  await expect(page.getByText(/2 unsent/)).toBeVisible()
  await page.keyboard.press('Alt+u')
  await expect(page.getByText('waiting for the server').first()).toBeVisible()
  await page.keyboard.press('Escape')

  await center.startServer()
  await expect(page.getByText('synced')).toBeVisible({ timeout: 40_000 })
  const arrived = await center.query<{ note: string }>(
    `select note from interaction where note like '% without the server' order by started_at`,
  )
  expect(arrived.map((row) => row.note)).toEqual(['first without the server', 'second without the server'])
  const colleague = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  await openCustomerAt(colleague, chen, customer)
  await expect(colleague.getByText('second without the server')).toBeVisible({ timeout: 20_000 })
})

test('a deep link without a number is refused with a sentence and opens nothing', async ({ page }) => {
  await page.goto(wang.address)
  await wang.call('javascript:alert(1)')
  await expect(page.getByText(/link could not be used|not a phone number/)).toBeVisible()
})

test('the language changes at a key press, and no word of the other language is left on the screen', async ({
  page,
}) => {
  await openCustomerAt(page, wang, customer)
  await page
    .getByRole('button', { name: /Chinese|中/ })
    .first()
    .click()
  await expect(page.getByRole('tab', { name: /时间线|时间轴|动态/ })).toBeVisible()
  await expect(page.getByText('Open matters')).toHaveCount(0)
})

import { expect, test, type Page } from '@playwright/test'
import { startCenter, type Center, type Desk } from './support/center.ts'

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

const note = (page: Page) => page.getByRole('textbox', { name: /^Note/ })

/** Opens the customer of these tests by the palette, as somebody does who knows the account number. */
async function openCustomer(page: Page, desk: Desk): Promise<void> {
  await page.goto(desk.address)
  await expect(page.getByText('synced')).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Control+k')
  await page.keyboard.type(customer.number)
  await page.getByRole('option', { name: new RegExp(customer.displayName) }).first().waitFor()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: customer.displayName })).toBeVisible()
}

test('a note that one writes is in the record that a colleague and a second window have open, at once', async ({ page, context, browser }) => {
  await openCustomer(page, wang)
  const second = await context.newPage()
  await openCustomer(second, wang)
  const colleague = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  await openCustomer(colleague, chen)

  await page.keyboard.press('F6')
  await page.keyboard.type('sends the drawings tomorrow')
  await page.keyboard.press('Control+Enter')
  for (const screen of [page, second, colleague]) await expect(screen.getByText('sends the drawings tomorrow')).toBeVisible({ timeout: 5000 })
})

test('with the center gone the desk works on, and everything arrives in order when it is back', async ({ page, browser }) => {
  await openCustomer(page, wang)
  await center.killServer('SIGKILL')
  await expect(page.getByText(/center not reached/)).toBeVisible({ timeout: 20_000 })

  await wang.call(customer.e164)
  await expect(page.getByText('came without the center').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: customer.displayName })).toBeVisible()
  for (const text of ['first without the center', 'second without the center']) {
    await page.keyboard.press('F6')
    await note(page).fill(text)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText(text).first()).toBeVisible()
    if (text.startsWith('first')) await wang.call(customer.e164)
    await expect(note(page)).toHaveValue('')
  }
  await expect(page.getByText(/2 unsent/)).toBeVisible()
  await page.keyboard.press('Alt+u')
  await expect(page.getByText('waits for the center').first()).toBeVisible()
  await page.keyboard.press('Escape')

  await center.startServer()
  await expect(page.getByText('synced')).toBeVisible({ timeout: 40_000 })
  const arrived = await center.query<{ note: string }>(`select note from interaction where note like '% without the center' order by started_at`)
  expect(arrived.map((row) => row.note)).toEqual(['first without the center', 'second without the center'])
  const colleague = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage()
  await openCustomer(colleague, chen)
  await expect(colleague.getByText('second without the center')).toBeVisible({ timeout: 20_000 })
})

test('a deep link that is no number is refused with a sentence and opens nothing', async ({ page }) => {
  await page.goto(wang.address)
  await wang.call('javascript:alert(1)')
  await expect(page.getByText(/link could not be used|not a phone number/)).toBeVisible()
})

test('the language changes at a key press and nothing of the other is left in the frame', async ({ page }) => {
  await openCustomer(page, wang)
  await page.getByRole('button', { name: /Chinese|中/ }).first().click()
  await expect(page.getByRole('tab', { name: /时间线|时间轴|动态/ })).toBeVisible()
  await expect(page.getByText('Open matters')).toHaveCount(0)
})

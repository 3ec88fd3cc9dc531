import { expect, test, type Page } from '@playwright/test'
import { startCenter, type Center, type Desk } from './support/center.ts'
import { wrapUpAnyway } from './support/wrap-up-anyway.ts'

interface Customer {
  id: string
  displayName: string
  e164: string
}

let center: Center
let first: Customer
let second: Customer

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  center = await startCenter()
  const found = await center.query<Customer>(`
    select c.id, c.display_name as "displayName", min(p.e164) as e164 from customer c join contact_point p on p.customer_id = c.id
    where p.e164 is not null and c.kind = 'person' and (select count(*) from contact_point q where q.e164 = p.e164) = 1 group by 1, 2 order by 1 limit 2`)
  first = found[0]!
  second = found[1]!
})

test.afterAll(() => center.remove())

// The plan is played again when it is over, so wait an hour: nobody else calls during the test.
const nobody = { afterMs: 3_600_000 }
const from = ({ e164 }: Customer) => ({ kind: 'number' as const, raw: e164, name: null })
const strip = (page: Page) => page.getByRole('region', { name: 'Calls and your state' })
const note = (page: Page) => page.getByRole('textbox', { name: /^Note/ })
const wrapUp = async (page: Page) => {
  await wrapUpAnyway(page)
  await expect(page.getByText('Wrapped up')).toBeVisible()
}

test('a transfer that nobody answers comes back to the same tab with the note, and is a missed call for the other agent', async ({
  browser,
}) => {
  await center.plan([{ from: from(first) }, nobody])
  await center.startServer()
  const [wang, chen] = [await center.openDesk('wang', '--ready'), await center.openDesk('chen')]
  const [page, other] = [await (await browser.newContext()).newPage(), await (await browser.newContext()).newPage()]
  await page.goto(wang.address)
  await other.goto(chen.address)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(first.displayName, { timeout: 30_000 })
  await page.keyboard.press('F2')
  await expect(strip(page).getByText(/^Talking/)).toBeVisible()
  await page.keyboard.press('F6')
  await page.keyboard.type('asks about the lamp')
  await page.keyboard.press('F8')
  await page.keyboard.type('chen')
  await expect(page.getByRole('option', { name: /Chen/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: /Transferring to/ })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Outcome' })).toHaveValue('forwarded')

  // The colleague reads the note under its author's name, and lets the call ring.
  await expect(strip(other).getByText(/^Ringing/)).toBeVisible()
  await expect(other.getByText(/asks about the lamp/)).toHaveCount(1)
  await expect(note(other)).toHaveValue('')
  await expect(strip(page).getByText(/Back from .*not answered/)).toBeVisible({ timeout: 45_000 })
  await expect(page.getByRole('tab', { name: new RegExp(first.displayName) })).toHaveCount(1)
  await expect(note(page)).toHaveValue('asks about the lamp')
  await expect(page.getByRole('combobox', { name: 'Outcome' })).toHaveValue('')
  await expect(strip(other).getByText(new RegExp(`Missed: .*${first.displayName}`))).toBeVisible()
  await expect(other.getByRole('tab', { name: new RegExp(first.displayName) })).toHaveCount(0)

  await page.keyboard.press('F2')
  await expect(strip(page).getByText(/^Talking/)).toBeVisible()
  await page.keyboard.press('F9')
  await expect(page.getByRole('complementary', { name: 'The call that ended' })).toBeVisible()
  await wrapUp(page)
  await expect
    .poll(() => center.query('select outcome from interaction where note = $1', 'asks about the lamp'))
    .toEqual([{ outcome: null }])
  await page.context().close()
  await other.context().close()
  await Promise.all([wang, chen].map((desk: Desk) => desk.kill('SIGTERM')))
  await center.killServer('SIGTERM')
})

test('a missed call is in the strip, also after a restart, and once in the customer’s timeline', async ({ page }) => {
  await center.plan([{ from: from(second), patienceMs: 6_000 }, nobody])
  await center.startServer()
  let wang = await center.openDesk('wang', '--ready')
  await page.goto(wang.address)
  await expect(strip(page).getByText(/^Ringing/)).toBeVisible({ timeout: 30_000 })
  const missed = strip(page).getByText(new RegExp(`Missed: .*${second.displayName}`))
  await expect(missed).toBeVisible({ timeout: 20_000 })
  await expect
    .poll(() =>
      center.query(
        'select outcome, user_id from interaction where customer_id = $1 and call_id is not null and note = $2 and started_at > $3',
        second.id,
        '',
        Date.now() - 120_000,
      ),
    )
    .toEqual([{ outcome: 'abandoned', user_id: null }])
  await wang.kill('SIGKILL')
  wang = await center.openDesk('wang')
  await page.goto(wang.address)
  await expect(missed).toBeVisible({ timeout: 20_000 })
  await strip(page)
    .getByRole('button', { name: /^Missed: / })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(second.displayName)
  await expect(page.getByText('Missed', { exact: false }).last()).toBeVisible()
  await page.keyboard.press('Alt+y')
  await expect(strip(page).getByText(/^Talking/)).toBeVisible()
  await expect(missed).toHaveCount(0)
  await page.keyboard.press('F9')
  await expect(page.getByRole('complementary', { name: 'The call that ended' })).toBeVisible()
  await page.keyboard.press('F6')
  await page.keyboard.type('called back')
  await wrapUp(page)
  await wang.kill('SIGTERM')
  await center.killServer('SIGTERM')
})

test('with two calls the keys act on the one on the screen', async ({ page }) => {
  await center.plan([{ from: from(first) }, { from: from(second), afterMs: 15_000 }, nobody])
  await center.startServer()
  const wang = await center.openDesk('wang', '--ready')
  await page.goto(wang.address)
  await expect(strip(page).getByText(/^Ringing/)).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('F2')
  await expect(strip(page).getByText(/^Talking/)).toBeVisible()
  await expect(strip(page).getByText(/^Ringing/)).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('F2')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(second.displayName)
  await expect(strip(page).getByText(/^On hold/)).toBeVisible()
  await expect(strip(page).getByRole('button', { name: `Hang up ${second.displayName}`, exact: false })).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('two-calls.png') })
  await page.keyboard.press('F3')
  await expect(strip(page).getByRole('group', { name: new RegExp(`^On hold.*${second.displayName}`) })).toBeVisible()
  await page.keyboard.press('F4')
  await page.keyboard.press('F9')
  await expect(page.getByRole('tab', { name: new RegExp(`${first.displayName}.*Ended`) })).toBeVisible()
  await expect(strip(page).getByRole('group', { name: new RegExp(second.displayName) })).toBeVisible()
  await wang.kill('SIGTERM')
  await center.killServer('SIGTERM')
})

import { expect, test, type Page } from '@playwright/test'
import { startCenter, type Center, type Desk } from './support/center.ts'
import { wrapUpAnyway } from './support/wrap-up-anyway.ts'

interface Caller {
  id: string
  displayName: string
  e164: string
}

let center: Center
let caller: Caller
let shared: { e164: string; names: string[] }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  center = await startCenter()
  const [busiest] = await center.query<Caller>(`
    select c.id, c.display_name as "displayName", p.e164 from customer c join contact_point p on p.customer_id = c.id join sales_order o on o.customer_id = c.id
    where p.e164 is not null and c.kind = 'person' and (select count(*) from contact_point q where q.e164 = p.e164) = 1
    group by 1, 2, 3 order by count(*) desc limit 1`)
  caller = busiest!
  const [line] = await center.query<{ e164: string; names: string[] }>(`
    select p.e164, array_agg(c.display_name) as names from contact_point p join customer c on c.id = p.customer_id where p.e164 is not null group by 1 having count(*) = 2 limit 1`)
  shared = line!
  const from = (raw: string) => ({ kind: 'number' as const, raw, name: null })
  await center.plan([
    { from: from(caller.e164) },
    { from: from(shared.e164) },
    { from: from('+8613112345678') },
    { from: { kind: 'withheld' } },
    { from: from(shared.e164) },
  ])
  await center.startServer()
})

test.afterAll(() => center.remove())

/** Opens the screens; the returned list then collects what fails in them. */
async function open(page: Page, desk: Desk): Promise<string[]> {
  const failed: string[] = []
  page.on('pageerror', (error) => failed.push(error.message))
  await page.goto(desk.address)
  return failed
}

const note = (page: Page) => page.getByRole('textbox', { name: /^Note/ })
/** The share of the record's height that its views have while all open matters are shown. */
const shareOfViews = async (page: Page) => {
  const more = page.getByRole('button', { name: /^\d+ more/ })
  if (await more.isVisible()) await page.keyboard.press('Alt+m')
  const [header, tabs, view] = await Promise.all(
    [
      page.getByRole('heading', { level: 1 }),
      page.getByRole('tab', { name: /^Timeline/ }),
      page.getByRole('tabpanel'),
    ].map((part) => part.boundingBox()),
  )
  const end = view!.y + view!.height
  return (end - tabs!.y) / (end - header!.y)
}
const endAndWrapUp = async (page: Page) => {
  await page.keyboard.press('F9')
  await expect(page.getByText('Ended').first()).toBeVisible()
  await wrapUpAnyway(page)
}

test('a call rings with the whole record, and its work is in the timeline afterwards, by keyboard alone', async ({
  page,
}) => {
  const desk = await center.openDesk('wang', '--ready')
  const failed = await open(page, desk)
  await expect(page.getByRole('heading', { name: caller.displayName })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('Ringing').first()).toBeVisible()
  await expect(page.getByText('Open matters')).toBeVisible()
  expect(await shareOfViews(page)).toBeGreaterThanOrEqual(0.5)

  await page.keyboard.press('F2')
  await expect(page.getByText('Talking').first()).toBeVisible()
  await page.keyboard.press('F6')
  await expect(note(page)).toBeFocused()
  await page.keyboard.type('asks for the delivery of the samples')
  await expect(page.getByText(/^Saved/)).toBeVisible()
  await endAndWrapUp(page)
  await expect
    .poll(() => center.query(`select note from interaction where note = 'asks for the delivery of the samples'`))
    .toHaveLength(1)
  await page.keyboard.press('Control+k')
  await page.keyboard.type(caller.e164)
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await expect(page.getByText('asks for the delivery of the samples')).toBeVisible()
  expect(failed).toEqual([])
  await desk.kill('SIGTERM')
})

test('a half-written sentence is there again after kill -9 of the workstation', async ({ page }) => {
  let desk = await center.openDesk('wang', '--ready')
  await open(page, desk)
  await expect(page.getByText('Who is calling?')).toBeVisible({ timeout: 30_000 })
  for (const name of shared.names) await expect(page.getByText(name).first()).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.getByRole('heading', { name: new RegExp(shared.names.join('|')) })).toBeVisible()
  await page.keyboard.press('F2')
  await page.keyboard.press('F6')
  await page.keyboard.type('promised to call back before')
  await page.waitForTimeout(700)
  await desk.kill('SIGKILL')
  desk = await center.openDesk('wang')
  // The address differs only after the #, so going there would not reload the page.
  await page.reload()
  await expect(note(page)).toHaveValue('promised to call back before', { timeout: 20_000 })
  await endAndWrapUp(page)
  await expect
    .poll(() => center.query(`select note from interaction where note = 'promised to call back before'`))
    .toHaveLength(1)
  await desk.kill('SIGTERM')
})

test('an unknown caller is captured without leaving the call, and a withheld one matches nobody', async ({ page }) => {
  const desk = await center.openDesk('wang', '--ready')
  await open(page, desk)
  await expect(page.getByText('No customer has this number')).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('F2')
  await expect(page.getByText('Talking').first()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Number' })).toHaveValue(/131 1234 5678/)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ines Prova')
  await page.getByRole('button', { name: /Save and go on/ }).click()
  await expect(page.getByRole('heading', { name: 'Ines Prova' })).toBeVisible()
  await page.keyboard.press('F6')
  await page.keyboard.type('wants a catalogue')
  await endAndWrapUp(page)
  await expect
    .poll(() =>
      center.query(`select c.display_name from customer c join contact_point p on p.customer_id = c.id join interaction i on i.customer_id = c.id
    where p.e164 = '+8613112345678' and i.note = 'wants a catalogue'`),
    )
    .toEqual([{ display_name: 'Ines Prova' }])

  await expect(page.getByText('The caller withheld the number')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('combobox', { name: 'Search the caller' })).toBeVisible()
  await page.keyboard.press('F2')
  await expect(page.getByText('Talking').first()).toBeVisible()
  await page.keyboard.press('F6')
  await page.keyboard.type('would not say who she is')
  await endAndWrapUp(page)
  await expect
    .poll(() => center.query(`select customer_id from interaction where note = 'would not say who she is'`))
    .toEqual([{ customer_id: null }])

  // Two customers share this line, and the agent was asked once who it was: now the call opens the one they picked, and
  // a key shows the other.
  await expect(page.getByRole('heading', { name: new RegExp(shared.names.join('|')) })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/chosen once,/)).toBeVisible()
  await desk.kill('SIGTERM')
})

import { expect, test, type Page } from '@playwright/test'
import { startCenter, type Center } from './support/center.ts'
import { wrapUpAnyway } from './support/wrap-up-anyway.ts'

let center: Center
let shared: { e164: string; names: string[] }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  center = await startCenter()
  const [line] = await center.query<{ e164: string; names: string[] }>(`
    select p.e164, array_agg(c.display_name) as names from contact_point p join customer c on c.id = p.customer_id where p.e164 is not null group by 1 having count(*) = 2 limit 1`)
  shared = line!
  await center.plan([{ from: { kind: 'number', raw: shared.e164, name: null } }, { from: { kind: 'withheld' } }])
  await center.startServer()
})
test.afterAll(() => center.remove())

const note = (page: Page) => page.getByRole('textbox', { name: /^Note/ })
const picture = async (page: Page, name: string) => {
  const folder = process.env['PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

test('by keyboard alone: the caret comes back, a new caller on a shared number is saved with their company, and an unreadable callback time stops the wrap-up', async ({
  page,
}) => {
  const desk = await center.openDesk('wang', '--ready')
  const failed: string[] = []
  page.on('pageerror', (error) => failed.push(error.message))
  await page.goto(desk.address)
  await expect(page.getByText('Who is calling?')).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('F2')
  await expect(page.getByText('Talking').first()).toBeVisible()

  // The caret comes back after another place and after a reload.
  await page.keyboard.press('F6')
  await page.keyboard.type('first part.')
  await page.keyboard.press('Alt+s')
  await page.keyboard.press('Alt+c')
  await expect(note(page)).toBeFocused()
  await page.keyboard.type(' second part')
  await expect(note(page)).toHaveValue('first part. second part')
  await page.keyboard.press('Home')
  await page.waitForTimeout(700)
  await page.reload()
  await expect(note(page)).toHaveValue('first part. second part', { timeout: 20_000 })
  await expect(note(page)).toBeFocused()
  await page.keyboard.type('The ')
  await expect(note(page)).toHaveValue('The first part. second part')
  await picture(page, 'note-back')

  // The caller is none of the two, but a new customer with a new company.
  await page.keyboard.press('Alt+w')
  await page.keyboard.press('0')
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused()
  await page.keyboard.type('Ines Prova')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Prova Trading')
  await expect(page.getByText('New company: Prova Trading')).toBeVisible()
  await picture(page, 'new-company')
  await page.keyboard.press('F9')
  await expect(page.getByText('Ended').first()).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert')).toContainText(/new customer/)
  await page.getByRole('textbox', { name: 'Company' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Ines Prova' })).toBeVisible()
  await expect
    .poll(() =>
      center.query(
        `select c.display_name as name, o.display_name as company from customer c join customer o on o.id = c.organisation_id where c.display_name = 'Ines Prova'`,
      ),
    )
    .toEqual([{ name: 'Ines Prova', company: 'Prova Trading' }])

  // A callback time that cannot be read.
  await page.getByRole('textbox', { name: 'Callback' }).fill('10am tomorow maybe')
  await page.waitForTimeout(600)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert')).toContainText('unclear or has passed')
  await picture(page, 'callback-unclear')
  await page.getByRole('textbox', { name: 'Callback' }).fill('tomorrow 10:00')
  await page.getByRole('combobox', { name: 'Next step' }).selectOption('sendQuote')
  await page.waitForTimeout(600)
  await wrapUpAnyway(page)
  await expect
    .poll(() =>
      center.query(
        `select t.kind from task t join customer c on c.id = t.customer_id where c.display_name = 'Ines Prova'`,
      ),
    )
    .toEqual([{ kind: 'sendQuote' }])
  expect(failed).toEqual([])

  // A withheld caller tells their name; their city is corrected afterwards.
  await expect(page.getByText('The caller withheld the number')).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('F2')
  await expect(page.getByText('Talking').first()).toBeVisible()
  await page.keyboard.press('Alt+k')
  await page.keyboard.type('Noel Oculto')
  await expect(page.getByRole('textbox', { name: 'Number' })).toHaveValue('')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Noel Oculto' })).toBeVisible()
  await page.keyboard.press('Alt+j')
  await page.getByRole('form', { name: 'Customer data' }).getByRole('textbox', { name: 'City' }).fill('Porto')
  await picture(page, 'edit')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => center.query(`select city from customer where display_name = 'Noel Oculto'`))
    .toEqual([{ city: 'Porto' }])
  expect(failed).toEqual([])
  await desk.kill('SIGTERM')
})

import { expect, test } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browserHost } from '../../launch/built.ts'

// How a browser is let into the browser host: by its address once, from then on by itself. No center is needed for that.

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'ringside-door-'))
let host: ChildProcess

/** The address it prints, and the one it gives to who opens a browser. */
async function startHost(): Promise<{ printed: string; opened: string }> {
  host = spawn(process.execPath, [browserHost, '--server', 'http://127.0.0.1:9', '--data', folder], { cwd: root, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const opened = new Promise<string>((resolve) => { host.once('message', (message: { open: string }) => resolve(message.open)) })
  const printed = new Promise<string>((resolve) => {
    host.stdout?.on('data', (chunk: Buffer) => {
      const address = /open at (http:\/\/\S+)/.exec(chunk.toString())?.[1]
      if (address) resolve(address)
    })
  })
  return { printed: await printed, opened: await opened }
}

test.afterAll(() => {
  host.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('a browser is let in by its address, and by itself from then on: reloaded, in a second window, after a kill -9', async ({ browser }) => {
  const { printed, opened } = await startHost()
  const context = await browser.newContext()
  const page = await context.newPage()
  const name = page.getByLabel('Name')
  await page.goto(opened)
  await expect(name).toBeVisible()
  expect(page.url()).toBe(new URL('/', opened).href)
  await page.reload()
  await expect(name).toBeVisible()
  const second = await context.newPage()
  await second.goto(new URL('/', opened).href)
  await expect(second.getByLabel('Name')).toBeVisible()
  expect(await context.cookies()).toEqual([])

  host.kill('SIGKILL')
  const again = await startHost()
  expect(again.printed).not.toBe(printed)
  await page.reload()
  await expect(name).toBeVisible()

  // Somebody else's browser, with what stood in the list of processes, or with nothing.
  const other = await (await browser.newContext()).newPage()
  for (const address of [opened, printed, new URL('/', opened).href]) {
    await other.goto('about:blank')
    await other.goto(address)
    await expect(other.getByRole('status')).toHaveText(/does not know this window yet.*npm run ringside -- open/)
    await expect(other.getByLabel('Name')).toHaveCount(0)
  }
  // The address of this start pasted into the very window that waits.
  await other.evaluate((hash) => { location.hash = hash }, new URL(again.printed).hash)
  await expect(other.getByLabel('Name')).toBeVisible()
  expect(other.url()).not.toContain('token')
  const third = await (await browser.newContext()).newPage()
  await third.goto(again.printed)
  await expect(third.getByLabel('Name')).toBeVisible()
})

test('says what to do in Chinese where the browser is Chinese', async ({ browser }) => {
  const { printed } = await startHost()
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await page.goto(new URL('/', printed).href)
  await expect(page.getByRole('status')).toHaveText(/还不认识这个窗口.*npm run ringside -- open/)
})

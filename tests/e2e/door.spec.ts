import { expect, test } from '@playwright/test'
import fastifyWebsocket from '@fastify/websocket'
import Fastify from 'fastify'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browserHost } from '../../launch/built.ts'

// How a browser is let into the browser host: with its address once, and without it from then on. This needs no server.

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'ringside-door-'))
let host: ChildProcess | null = null

/** The address that it prints, and the one that it gives to the program that opens a browser. */
async function startHost(): Promise<{ printed: string; opened: string }> {
  const started = spawn(process.execPath, [browserHost, '--server', 'http://127.0.0.1:9', '--data', folder], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  host = started
  const opened = new Promise<string>((resolve) => {
    started.once('message', (message: { open: string }) => resolve(message.open))
  })
  const printed = new Promise<string>((resolve) => {
    started.stdout?.on('data', (chunk: Buffer) => {
      const address = /open at (http:\/\/\S+)/.exec(chunk.toString())?.[1]
      if (address) resolve(address)
    })
  })
  return { printed: await printed, opened: await opened }
}

/** Ends the running host, if there is one, as kill -9 does. */
async function endHost(): Promise<void> {
  if (!host || host.exitCode !== null || host.signalCode !== null) return
  const ended = new Promise((resolve) => {
    host?.once('exit', resolve)
  })
  host.kill('SIGKILL')
  await ended
}

test.afterAll(() => {
  host?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('a browser is let in with its address, and without it from then on: reloaded, in a second window, after a kill -9', async ({
  browser,
}) => {
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

  host?.kill('SIGKILL')
  const again = await startHost()
  expect(again.printed).not.toBe(printed)
  await page.reload()
  await expect(name).toBeVisible()

  // Another user's browser, with the address from the list of processes, or without any.
  const other = await (await browser.newContext()).newPage()
  for (const address of [opened, printed, new URL('/', opened).href]) {
    await other.goto('about:blank')
    await other.goto(address)
    await expect(other.getByRole('status')).toHaveText(/does not know this window yet.*npm run ringside -- open/)
    await expect(other.getByLabel('Name')).toHaveCount(0)
  }
  // The address of this start, pasted into the same window that waits.
  await other.evaluate((hash) => {
    location.hash = hash
  }, new URL(again.printed).hash)
  await expect(other.getByLabel('Name')).toBeVisible()
  expect(other.url()).not.toContain('token')
  const third = await (await browser.newContext()).newPage()
  await third.goto(again.printed)
  await expect(third.getByLabel('Name')).toBeVisible()
})

test('a program that takes the port of a killed host learns nothing from the open window, and the window then finds the real host', async ({
  browser,
}) => {
  await endHost()
  const { printed } = await startHost()
  const { port, origin } = new URL(printed)
  const page = await (await browser.newContext()).newPage()
  await page.goto(printed)
  await expect(page.getByLabel('Name')).toBeVisible()
  const kept = () => page.evaluate(() => localStorage.getItem('ringside.host'))
  const pass = await kept()
  expect(pass).toMatch(/^[\w-]{43}$/)

  await endHost()
  const heard: string[] = []
  // It greets every window as if it were let in, and sends each of the window's frames back.
  const thief = Fastify({ forceCloseConnections: true })
  await thief.register(fastifyWebsocket)
  thief.register(async (scope) => {
    scope.get('/bridge', { websocket: true }, (socket) => {
      socket.on('message', (data: Buffer) => {
        heard.push(data.toString())
        const { nonce } = JSON.parse(data.toString()) as { nonce?: string }
        socket.send(JSON.stringify({ kind: 'proof', nonce, mac: nonce }))
        socket.send(JSON.stringify({ kind: 'entered', secret: 'e'.repeat(43) }))
        socket.send(JSON.stringify({ kind: 'result', id: 1, result: { ok: true, value: null } }))
      })
    })
  })
  await thief.listen({ host: '127.0.0.1', port: Number(port) })
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(1)
  for (const text of heard)
    expect(Object.keys(JSON.parse(text) as object).toSorted()).toEqual(['nonce', 'passId', 'verb'])
  expect(heard.join()).not.toContain(pass)
  expect(await kept()).toBe(pass)
  await thief.close()

  expect(new URL((await startHost()).printed).origin).toBe(origin)
  // The window reconnects without help, with another pass than before.
  await expect.poll(kept, { timeout: 20_000 }).not.toBe(pass)
  await page.reload()
  await expect(page.getByLabel('Name')).toBeVisible()
})

test('the page says what to do in Chinese where the browser is Chinese', async ({ browser }) => {
  const { printed } = await startHost()
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await page.goto(new URL('/', printed).href)
  await expect(page.getByRole('status')).toHaveText(/尚未许可此窗口.*npm run ringside -- open/)
})

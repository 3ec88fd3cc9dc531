import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test } from '@playwright/test'

const folder = join('node_modules', 'electron')
const note = join(folder, 'path.txt')
const program = existsSync(note) ? join(folder, 'dist', readFileSync(note, 'utf8').trim()) : ''
const built = existsSync(join('out', 'main', 'index.js'))
const screen = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
const missing = !existsSync(program)
  ? 'Electron’s runtime is not on this machine'
  : !built
    ? 'out/main is not built: npm run build'
    : !screen
      ? 'there is no screen (DISPLAY)'
      : null

test(`Electron opens the screens from app://, without Node and without a way to another address${missing ? ` [skipped: ${missing}]` : ''}`, async () => {
  test.skip(missing !== null, missing ?? '')
  const data = mkdtempSync(join(tmpdir(), 'ringside-electron-'))
  const app = await _electron.launch({
    executablePath: program,
    args: [
      '.',
      '--data',
      data,
      '--server',
      'http://127.0.0.1:9',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
  try {
    const page = await app.firstWindow()
    expect(page.url()).toMatch(/^app:\/\/ringside\//)
    await expect(page.getByRole('button', { name: /sign in/i })).toBeVisible()
    expect(
      await page.evaluate(() => [
        typeof (globalThis as { require?: unknown }).require,
        typeof (globalThis as { process?: unknown }).process,
      ]),
    ).toEqual(['undefined', 'undefined'])
    expect(await page.evaluate(() => Object.keys((window as unknown as { ringside: object }).ringside))).toEqual([
      'watch',
      'act',
      'run',
      'on',
    ])
    expect(await page.evaluate(() => window.open('https://example.com'))).toBeNull()
    await page
      .evaluate(() => {
        location.href = 'https://example.com/'
      })
      .catch(() => null)
    expect(page.url()).toMatch(/^app:\/\/ringside\//)
  } finally {
    await app.close()
    rmSync(data, { recursive: true, force: true })
  }
})

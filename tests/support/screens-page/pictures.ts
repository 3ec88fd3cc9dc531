/**
 * Takes pictures of every state of the screens from recorded rows:
 * `node tests/support/screens-page/pictures.ts [DIR] [--size 1024x700] [--look zh-dark] [SCENE …]`; both flags may be
 * given several times.
 * The pictures are only for people to look at; the product never loads this page.
 */
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { scenes } from './scenes.ts'
import { serveScreens } from './serve-screens.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', multiple: true, default: ['1366x768'] },
    look: { type: 'string', multiple: true, default: ['en-light', 'zh-dark', 'en-dark', 'zh-light'] },
  },
})
const [directory = 'out/pictures', ...wanted] = positionals

const { address, close } = await serveScreens()
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
mkdirSync(directory, { recursive: true })
for (const look of values.look) {
  const [language, scheme] = look.split('-')
  const context = await browser.newContext({
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: scheme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  for (const [name, scene] of Object.entries(scenes)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(name, message.text())
    })
    page.on('pageerror', (error) => console.error(name, error.message))
    await page.setViewportSize({ width: 1366, height: 768 })
    await page.goto(address)
    await page.waitForTimeout(400)
    await scene(page)
    for (const size of values.size) {
      const [width = 1366, height = 768] = size.split('x').map(Number)
      await page.setViewportSize({ width, height })
      await page.waitForTimeout(250)
      await page.screenshot({ path: `${directory}/${name}-${look}${values.size.length === 1 ? '' : `-${size}`}.png` })
    }
    await page.close()
  }
  await context.close()
}
await browser.close()
await close()

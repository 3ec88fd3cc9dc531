import { chromium } from '@playwright/test'
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { provideChromium } from '../launch/chromium.ts'
import { figure, percentiles, type Figure } from './figure.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const SECOND_STARTS = 5

/**
 * Goes from `npm start` to the painted window: the first time, when the demo has to be built, and again when everything
 * exists. The floor is a bare Node that ends at once.
 */
export async function start(benchFolder: string): Promise<Figure[]> {
  const folder = join(benchFolder, 'start')
  rmSync(folder, { recursive: true, force: true })
  const browser = await chromium.launch({
    executablePath: provideChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  })
  const once = async (): Promise<number> => {
    const began = performance.now()
    const child = spawn(process.execPath, [join(root, 'launch', 'run.mjs'), 'start'], {
      cwd: root,
      env: { ...process.env, RINGSIDE_DATA: folder, PORT: '4691', RINGSIDE_BROWSER: '1', CI: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const address = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        const found = /open at (http:\/\/\S+)/.exec(chunk.toString())?.[1]
        if (found) resolve(found)
      })
      child.once('exit', () => reject(new Error('npm start has ended.')))
    })
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await page.goto(address)
    await page.getByText('Calls').first().waitFor()
    const took = (performance.now() - began) / 1000
    await page.close()
    child.kill('SIGTERM')
    await new Promise((resolve) => {
      child.once('exit', resolve)
    })
    return took
  }
  const bare = async (): Promise<number> => {
    const began = performance.now()
    await new Promise((resolve) => {
      spawn(process.execPath, ['-e', '0']).once('exit', resolve)
    })
    return (performance.now() - began) / 1000
  }
  const first = await once()
  const again: number[] = []
  const floor: number[] = []
  for (let i = 0; i < SECOND_STARTS; i++) {
    again.push(await once())
    floor.push(await bare())
  }
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
  return [
    figure('start.first', 's', percentiles([first]), null, 'p50', 'a minute or two'),
    figure('start.again', 's', percentiles(again), percentiles(floor), 'p50', '< 5 s'),
  ]
}

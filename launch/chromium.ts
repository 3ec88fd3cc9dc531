import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = [
  process.env.RINGSIDE_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The path of a Chromium on this machine, or null. */
export const findChromium = (): string | null => places.find((path) => path && existsSync(path)) ?? null

/**
 * Finds Chromium, or as root installs Debian's package. Where it may not, it throws a sentence with the one command to
 * run.
 */
export function provideChromium(): string {
  const found = findChromium()
  if (found) return found
  const hint =
    'The browser tests need Chromium. Install it with: sudo apt-get install -y chromium   (or name one in RINGSIDE_CHROMIUM)'
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(hint)
  console.log('Chromium is not here; installing Debian’s package …')
  const run = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  if (run('update', '-qq') && run('install', '-y', '-qq', '--no-install-recommends', 'chromium')) {
    const installed = findChromium()
    if (installed) return installed
  }
  throw new Error(`Debian’s chromium could not be installed. ${hint}`)
}

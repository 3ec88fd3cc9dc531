import { spawn } from 'node:child_process'
import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../../support/temp-folder.ts'

it('Ctrl+C while the demo is built ends PostgreSQL too, and says what happens next', async () => {
  const folder = tempFolder()
  chmodSync(folder, 0o755)
  const pidFile = join(folder, 'server', 'postgres', 'postmaster.pid')
  const load = spawn(process.execPath, ['launch/run.mjs', 'ringside', 'load'], {
    env: { ...process.env, RINGSIDE_DATA: folder, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const building = new Promise<void>((resolve) => {
    for (const stream of [load.stdout, load.stderr])
      stream.on('data', (text: Buffer) => {
        said += text.toString()
        if (said.includes('building the demo')) resolve()
      })
  })
  const ended = new Promise<number | null>((resolve) => {
    load.once('close', resolve)
  })
  await building
  expect(existsSync(pidFile)).toBe(true)
  load.kill('SIGINT')
  expect(await ended).toBe(1)
  expect(said).toContain('The next load begins from the start.')
  expect(existsSync(pidFile)).toBe(false)
})

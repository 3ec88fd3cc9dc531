import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../../main/log.ts'
import { openLogFile } from '../../../main/log-file.ts'

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('the log is two files that never grow beyond their limit, and the newest lines are last', () => {
  const folder = newFolder()
  const log = createLog(openLogFile(folder, 20_000), Date.now)
  for (let n = 0; n < 2000; n += 1) log.info('tick', { n })
  expect(readdirSync(folder).toSorted()).toEqual(['ringside.log', 'ringside.old.log'])
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(21_000)
  const lines = readFileSync(join(folder, 'ringside.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { n: number })
  expect(lines.at(-1)?.n).toBe(1999)
})

test('a second start goes on in the same file, and no other user may read it', () => {
  const folder = newFolder()
  openLogFile(folder)('{"event":"first"}')
  openLogFile(folder)('{"event":"second"}')
  expect(readFileSync(join(folder, 'ringside.log'), 'utf8').trim().split(/\r?\n/)).toEqual([
    '{"event":"first"}',
    '{"event":"second"}',
  ])
  expect(process.platform === 'win32' ? 0 : statSync(join(folder, 'ringside.log')).mode & 0o077).toBe(0)
})

test('typed text that an error quotes is not logged', () => {
  const folder = newFolder()
  const log = createLog(openLogFile(folder), Date.now)
  log.error('pop failed', new Error('no customer 李伟 CANARY at +86 138 0013 8000'))
  log.error('pop failed', 'CANARY 13800138000')
  expect(readFileSync(join(folder, 'ringside.log'), 'utf8')).not.toMatch(/CANARY|李伟|138/)
})

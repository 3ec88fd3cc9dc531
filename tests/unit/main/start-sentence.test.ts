import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSentence } from '../../../main/start-sentence.ts'
import { RefusalError } from '../../../protocol/errors.ts'

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test('an error of the system becomes a sentence that says what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-sentence-'))
  writeFileSync(join(folder, 'file'), '')
  expect(startSentence(thrownBy(() => mkdirSync(join(folder, 'file', 'desk'))))).toMatch(
    /^A file stands where the data folder should be/,
  )
  expect(startSentence(thrownBy(() => mkdirSync(join(folder, 'x'.repeat(300)))))).toMatch(/too long/)
  expect(startSentence(Object.assign(new Error('x'), { code: 'EACCES', path: '/srv/desk' }))).toBe(
    'Ringside may not use /srv/desk. Give this user the right to it, or name another data folder.',
  )
  expect(startSentence(Object.assign(new Error('x'), { code: 'SQLITE_FULL' }))).toMatch(/disk is full/)
  rmSync(folder, { recursive: true })
})

test('a refusal keeps its own sentence, and an unknown error is left to the log', () => {
  expect(startSentence(new RefusalError('FILE_NEWER', {}))).toMatch(/newer/)
  expect(startSentence(new TypeError('undefined is not a function'))).toBeNull()
})

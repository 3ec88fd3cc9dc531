import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makePrivate } from '../../../db/files/private-folder.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** Makes a folder open to every user, with these files in it. */
function openFolder(...names: string[]): string {
  const folder = tempFolder()
  for (const name of names) {
    writeFileSync(join(folder, name), 'x')
    chmodSync(join(folder, name), 0o644)
  }
  chmodSync(folder, 0o755)
  return folder
}

test('a data folder that was open to others becomes its owner’s alone, with all our files in it and nothing outside', () => {
  const outside = openFolder('outside')
  const names = [
    'journal.db',
    'journal.db-wal',
    'journal.ballast',
    'cache-0198a.db',
    'cache-7.db.part',
    'files.key',
    'browser-host.json',
    'instance.lock',
  ]
  const folder = openFolder(...names)
  symlinkSync(join(outside, 'outside'), join(folder, 'cache-link.db'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'cache-dead.db'))
  makePrivate(folder)
  expect(modeOf(folder)).toBe('700')
  expect(names.map((name) => modeOf(join(folder, name)))).toEqual(names.map(() => '600'))
  expect(modeOf(join(outside, 'outside'))).toBe('644')
  const empty = openFolder()
  makePrivate(empty)
  expect(modeOf(empty)).toBe('700')
})

test('a home folder that was named as data folder keeps its rights at every start; only our files in it are closed to others', () => {
  const home = openFolder('letter.txt')
  mkdirSync(join(home, 'public'))
  writeFileSync(join(home, 'public', 'journal.db'), 'x')
  for (const path of [join(home, 'public', 'journal.db'), join(home, 'public')]) chmodSync(path, 0o755)
  makePrivate(home)
  writeFileSync(join(home, 'journal.db'), 'x')
  chmodSync(join(home, 'journal.db'), 0o644)
  makePrivate(home)
  expect(
    ['', 'letter.txt', 'public', join('public', 'journal.db'), 'journal.db'].map((name) => modeOf(join(home, name))),
  ).toEqual(['755', '644', '755', '755', '600'])
})

// Only root can make a folder of another user to try this on.
test.runIf(process.getuid?.() === 0)('files of another user keep their rights', async () => {
  const { chownSync } = await import('node:fs')
  const folder = openFolder('journal.db')
  chownSync(join(folder, 'journal.db'), 65_534, 65_534)
  makePrivate(folder)
  expect([modeOf(folder), modeOf(join(folder, 'journal.db'))]).toEqual(['700', '644'])
})

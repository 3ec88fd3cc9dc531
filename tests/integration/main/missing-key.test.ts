import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { browserHost } from '../../../launch/built.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import { CustomerId } from '../../../protocol/scalars.ts'
import { signedInBefore } from '../../support/signed-in-before.ts'
import { smallDisk } from '../../support/small-disk.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { startTestWorkstation } from '../../support/test-workstation.ts'

const customerId = CustomerId.parse('0198a000-0000-7000-8000-00000000000c')
const disk = smallDisk(60)
const notHere = disk ? '' : ' [skipped: this user may not make a disk]'
afterAll(() => disk?.remove())

/**
 * A workstation with a note and a command that never reached a server, killed so that its write-ahead logs are still
 * there.
 */
let kept: string
beforeAll(async () => {
  kept = join(disk?.folder ?? tempFolder(), 'kept')
  const folder = join(kept, '..', 'running')
  mkdirSync(folder, { recursive: true })
  signedInBefore(folder)
  const desk = await startTestWorkstation('http://127.0.0.1:9', { folder })
  const opened = await desk.act('draft.open', { customerId })
  if (opened.ok)
    await desk.act('draft.save', { key: opened.value.key, content: { ...emptyDraft, note: 'typed before' } })
  await desk.run('preference.set', {
    preferenceId: crypto.randomUUID(),
    customerId,
    key: 'room',
    value: 'quiet',
    source: 'said',
  })
  cpSync(folder, kept, { recursive: true })
  await desk.stop()
  rmSync(folder, { recursive: true })
})

function copyOfKept(): string {
  const folder = join(tempFolder(), 'desk')
  cpSync(kept, folder, { recursive: true })
  return folder
}

/** Every file with a hash of its content, except files that every start makes again. */
const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((each) => each.isFile() && !/^instance\.|-shm$/.test(each.name))
      .map(({ name }) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  )

async function startHost(
  folder: string,
  env: Record<string, string> = {},
): Promise<{ code: number | null; said: string }> {
  const host = spawn(
    process.execPath,
    [browserHost, '--server', 'http://127.0.0.1:9', '--data', folder, '--renderer', 'tests/support/screens-page'],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LANG: 'C', LC_ALL: '', ...env } },
  )
  onTestFinished(() => {
    host.kill('SIGKILL')
  })
  let said = ''
  for (const stream of [host.stdout, host.stderr])
    stream.on('data', (text: Buffer) => {
      said += text.toString()
      if (said.includes('is open at')) host.kill('SIGKILL')
    })
  const code = await new Promise<number | null>((resolve) => {
    host.once('close', resolve)
  })
  return { code, said }
}

async function expectEverythingThere(folder: string): Promise<void> {
  const desk = await startTestWorkstation('http://127.0.0.1:9', { folder })
  await desk.seen('sync.unsent', {}, (unsent) => unsent.length === 1)
  await desk.seen('drafts.open', {}, (drafts) => drafts.some(({ draft }) => draft.content.note === 'typed before'))
  await desk.stop()
}

const key = (folder: string) => join(folder, 'files.key')

describe('a workstation does not start, says what is missing, and finds everything when it is back, if', () => {
  it.each<[string, (folder: string) => void, RegExp, (folder: string) => void]>([
    [
      'the key is missing',
      (folder) => rmSync(key(folder)),
      /key of the files in .* is missing .*files\.key.*move the folder away/,
      backFromKept('files.key'),
    ],
    [
      'the key is empty',
      (folder) => truncateSync(key(folder)),
      /key in .*files\.key is not whole/,
      backFromKept('files.key'),
    ],
    ['the key is cut off', (folder) => truncateSync(key(folder), 40), /is not whole/, backFromKept('files.key')],
    [
      'the key is too long',
      (folder) => writeFileSync(key(folder), 'ab'.repeat(33)),
      /is not whole/,
      backFromKept('files.key'),
    ],
    [
      'the key is another one',
      (folder) => writeFileSync(key(folder), 'ab'.repeat(32)),
      /not the one that the journal in .* was written with/,
      backFromKept('files.key'),
    ],
    [
      'the key is another one, and nothing says which the right one was',
      (folder) => {
        writeFileSync(key(folder), 'ab'.repeat(32))
        rmSync(join(folder, 'journal.keycheck'))
      },
      /not the one that the journal/,
      backFromKept('files.key'),
    ],
    [
      'the key was sealed by the desktop program',
      (folder) => renameSync(key(folder), `${key(folder)}.sealed`),
      /keychain/,
      (folder) => renameSync(`${key(folder)}.sealed`, key(folder)),
    ],
    [
      'only the ballast is left beside a missing key',
      (folder) => {
        rmSync(key(folder))
        for (const name of ['journal.db', 'journal.db-wal', 'journal.keycheck'])
          renameSync(join(folder, name), join(folder, '..', name))
      },
      /key of the files in .* is missing/,
      (folder) => {
        backFromKept('files.key')(folder)
        for (const name of ['journal.db', 'journal.db-wal', 'journal.keycheck'])
          renameSync(join(folder, '..', name), join(folder, name))
      },
    ],
    [
      'the journal is empty',
      (folder) => truncateSync(join(folder, 'journal.db')),
      /journal in .* is missing or empty/,
      backFromKept('journal.db'),
    ],
    [
      'the journal is missing',
      (folder) => rmSync(join(folder, 'journal.db')),
      /journal in .* is missing or empty/,
      backFromKept('journal.db'),
    ],
    [
      'the journal is a folder',
      (folder) => {
        rmSync(join(folder, 'journal.db'))
        mkdirSync(join(folder, 'journal.db'))
      },
      /journal in .* is missing or empty/,
      (folder) => {
        rmSync(join(folder, 'journal.db'), { recursive: true })
        backFromKept('journal.db')(folder)
      },
    ],
  ])('%s', async (_, take, says, giveBack) => {
    const folder = copyOfKept()
    take(folder)
    const before = contents(folder)
    for (let start = 0; start < 2; start += 1) {
      const { code, said } = await startHost(folder)
      expect(said).toMatch(says)
      expect(said).not.toContain('    at ')
      expect(code).toBe(1)
      expect(contents(folder)).toEqual(before)
    }
    giveBack(folder)
    await expectEverythingThere(folder)
    expect(readdirSync(folder).filter((name) => name.startsWith('journal-damaged'))).toEqual([])
  })

  it('a folder was copied without its key (also said in the language of the terminal)', async () => {
    const folder = join(tempFolder(), 'copied')
    mkdirSync(folder)
    for (const name of readdirSync(kept).filter((each) => each !== 'files.key'))
      copyFileSync(join(kept, name), join(folder, name))
    const { said, code } = await startHost(folder, { LC_ALL: 'zh_CN.UTF-8' })
    expect([said.includes('is missing'), said.includes('密钥不见了'), code]).toEqual([true, true, 1])
  })

  it.skipIf(!disk)(`its folder can only be read${notHere}`, async () => {
    execFileSync('mount', ['-o', 'remount,ro', disk!.folder])
    const { said, code } = await startHost(kept)
    execFileSync('mount', ['-o', 'remount,rw', disk!.folder])
    expect(said).toMatch(/Ringside may not (write into|use) /)
    expect(code).toBe(1)
    const folder = copyOfKept()
    await expectEverythingThere(folder)
  })
})

it('a first start that was interrupted before it made its journal is followed by a start like a first one', async () => {
  const folder = tempFolder()
  writeFileSync(key(folder), 'ab'.repeat(32))
  writeFileSync(join(folder, 'journal.db'), '')
  const desk = await startTestWorkstation('http://127.0.0.1:9', { folder })
  await desk.stop()
  expect(statSync(join(folder, 'journal.db')).size).toBeGreaterThan(0)
  expect(existsSync(join(folder, 'journal.keycheck'))).toBe(true)
})

function backFromKept(name: string) {
  return (folder: string) => {
    copyFileSync(join(kept, name), join(folder, name))
  }
}

it.each([
  ['/proc/nowhere/desk', /The data folder .* cannot be made/],
  ['/dev/null/desk', /A file stands where the data folder should be/],
])('a data folder that cannot be made (%s) is reported in one sentence', async (folder, says) => {
  const { code, said } = await startHost(folder)
  expect(said).toMatch(says)
  expect(said).not.toMatch(/ENOENT|^\s+at /m)
  expect(code).toBe(1)
})

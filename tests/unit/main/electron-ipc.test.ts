import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { serveElectronIpc } from '../../../main/ipc/electron-ipc.ts'
import type { Dispatcher } from '../../../main/ipc/dispatcher.ts'
import { createLog } from '../../../main/log.ts'
import { createKeychainStore } from '../../../main/platform/keychain-store.electron.ts'
import { ok, type Result } from '../../../protocol/errors.ts'
import { actionNames, commandNames, queryNames } from '../../../protocol/ipc-channels.ts'
import { createElectronFake } from '../../support/electron-fake.ts'

vi.mock('electron', async () => (await import('../../support/electron-fake.ts')).electronModule)

const ours = { url: 'app://ringside/', parent: null }

function setUp() {
  const fake = createElectronFake()
  const watched = new Map<string, { listener: (result: Result<unknown>) => void; stopped: boolean }>()
  let tell: Parameters<Dispatcher['on']>[0] = () => {}
  const dispatcher: Dispatcher = {
    watch: (name, _args, listener) => {
      const watch = { listener, stopped: false }
      watched.set(name, watch)
      listener(ok('first'))
      return () => {
        watch.stopped = true
      }
    },
    act: async (name, args) => ok([name, args]),
    run: async (name, args) => ok([name, args]),
    on: (listener) => {
      tell = listener
      return () => {}
    },
  }
  const logged: string[] = []
  const ipc = serveElectronIpc(
    fake.ipcMain,
    dispatcher,
    createLog(
      (line) => logged.push(line),
      () => 0,
    ),
  )
  const contents = fake.newContents()
  ipc.attach(contents)
  return { fake, contents, watched, logged, tell: (...args: Parameters<typeof tell>) => tell(...args) }
}

describe('the bridge over Electron', () => {
  it('has one channel for each entry of the contract and no other', () => {
    const { fake } = setUp()
    const expected = [
      ...actionNames.map((name) => `act:${name}`),
      ...commandNames.map((name) => `run:${name}`),
      ...queryNames.map((name) => `watch:${name}`),
      'unwatch',
    ]
    expect(fake.channels().toSorted()).toEqual(expected.toSorted())
  })

  it('answers the screens', async () => {
    const { fake, contents } = setUp()
    expect(await fake.ask(contents, ours, 'act:sync.now', {})).toEqual(ok(['sync.now', {}]))
    expect(await fake.ask(contents, ours, 'run:task.done', { taskId: 'x' })).toEqual(ok(['task.done', { taskId: 'x' }]))
    fake.say(contents, ours, 'watch:session', 1, {})
    expect(contents.sent).toEqual([{ channel: 'result', args: [1, ok('first')] }])
  })

  it('refuses a frame within the page, a page from another address and a window that is not ours', async () => {
    const { fake, contents, logged } = setUp()
    for (const [sender, frame] of [
      [contents, { url: 'app://ringside/', parent: {} }],
      [contents, { url: 'https://evil.example/', parent: null }],
      [contents, null],
      [fake.newContents(), ours],
    ] as const) {
      expect(await fake.ask(sender, frame, 'act:sync.now', { number: '13800138000' })).toMatchObject({
        ok: false,
        error: { code: 'NOT_ALLOWED' },
      })
      fake.say(sender, frame, 'watch:session', 1, {})
      expect(sender.sent).toEqual([])
    }
    expect(logged.length).toBe(8)
    expect(logged.join('')).not.toContain('138')
  })

  it('ends a page’s watches when it closes, and when it is reloaded', () => {
    const { fake, contents, watched, tell } = setUp()
    fake.say(contents, ours, 'watch:session', 1, {})
    contents.emitted('did-start-navigation', { url: 'app://ringside/' })
    expect(watched.get('session')?.stopped).toBe(true)
    fake.say(contents, ours, 'watch:sync.state', 2, {})
    contents.destroy()
    expect(watched.get('sync.state')?.stopped).toBe(true)
    tell('notice', { at: 1 })
    expect(contents.sent.some(({ channel }) => channel === 'event:notice')).toBe(false)
  })

  it('ignores a watch without a number of its own', () => {
    const { fake, contents, watched } = setUp()
    for (const id of ['1', null, {}, 1.5, Number.NaN]) fake.say(contents, ours, 'watch:session', id, {})
    expect(watched.size).toBe(0)
  })
})

describe('the keychain', () => {
  it('keeps the files’ key sealed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringside-key-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const store = createKeychainStore(join(folder, 'sealed'), join(folder, 'plain'))
    expect(store.kind).toBe('keychain')
    expect(await store.load()).toBeNull()
    await store.save('ab'.repeat(32))
    expect(readFileSync(join(folder, 'sealed'), 'utf8')).not.toContain('abab')
    expect(await store.load()).toBe('ab'.repeat(32))
  })
})

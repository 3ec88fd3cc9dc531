import type Electron from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { until } from '../../support/until.ts'

const shell = vi.hoisted(() => ({ shown: [] as string[], exits: [] as (number | undefined)[], locked: 0 }))

vi.mock('electron', async () => {
  const { electronModule } = await import('../../support/electron-fake.ts')
  return {
    ...electronModule,
    app: {
      enableSandbox: () => undefined,
      setPath: () => undefined,
      on: () => null as unknown as Electron.App,
      quit: () => undefined,
      whenReady: async () => undefined,
      exit: (code) => {
        shell.exits.push(code)
      },
      requestSingleInstanceLock: () => {
        shell.locked += 1
        return false
      },
    } satisfies Partial<Electron.App>,
    dialog: {
      showErrorBox: (_title, text) => {
        shell.shown.push(text)
      },
    } satisfies Pick<Electron.Dialog, 'showErrorBox'>,
    BrowserWindow: { getAllWindows: () => [] },
    ipcMain: {},
    session: {},
  }
})

beforeEach(() => {
  vi.resetModules()
  Object.assign(shell, { shown: [], exits: [], locked: 0 })
})

/** Starts the shell with these arguments, as Electron does. */
async function startWith(...args: string[]): Promise<void> {
  const before = process.argv
  process.argv = ['electron', '.', ...args]
  try {
    await import('../../../main/index.ts')
  } finally {
    process.argv = before
  }
}

test.each([
  ['http://center.example', 'http://center.example would send passwords and customers in the clear. Use https://'],
  ['nonsense', 'Say which server: --server https://HOST'],
  ['file:///etc/passwd', 'Say which server: --server https://HOST'],
])(
  'a dialog names a server address that cannot be used (%s), and the program ends with 1',
  async (server, sentence) => {
    await startWith('--server', server)
    await until(() => shell.exits.length, 'the end')
    expect([shell.shown.length, shell.exits, shell.locked]).toEqual([1, [1], 0])
    expect(shell.shown[0]).toContain(sentence)
  },
)

test('with a usable address the program goes on', async () => {
  await startWith('--server', 'https://center.example')
  expect([shell.shown, shell.locked]).toEqual([[], 1])
})

import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { AppImageUpdater as AppImageUpdaterType } from 'electron-updater'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Refusal } from '../../../protocol/errors.ts'
import { createLog } from '../../../main/log.ts'
import { createUpdates } from '../../../main/updates/updates.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { until } from '../../support/until.ts'

const require = createRequire(import.meta.url)
const { AppImageUpdater } = require('electron-updater') as { AppImageUpdater: typeof AppImageUpdaterType }
type Executor = new () => {
  createRequest(options: RequestOptions, callback: (response: IncomingMessage) => void): unknown
}
const { ElectronHttpExecutor } = require('electron-updater/out/electronHttpExecutor.js') as {
  ElectronHttpExecutor: Executor
}

/** The library's own way to request and download, over Node's requests instead of Electron's. */
class NodeHttpExecutor extends ElectronHttpExecutor {
  override createRequest(options: RequestOptions, callback: (response: IncomingMessage) => void) {
    return httpRequest(options, callback)
  }
}

/** A folder with a newer version as `npm run package -- --release` leaves it, on a web server of this machine. */
async function feed(version: string, manner: { readonly damaged?: boolean } = {}) {
  const program = randomBytes(200_000)
  const sha512 = createHash('sha512').update(program).digest('base64')
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = request.url!.split('?')[0]!
    asked.push(path)
    if (/^\/latest-linux(-arm64)?\.yml$/.test(path)) {
      response.end(
        `version: ${version}\nfiles:\n  - url: Ringside.AppImage\n    sha512: ${sha512}\n    size: ${program.length}\npath: Ringside.AppImage\nsha512: ${sha512}\nreleaseDate: '2026-11-29T00:00:00.000Z'\n`,
      )
    } else if (path === '/Ringside.AppImage') {
      const sent = Buffer.from(program)
      if (manner.damaged) sent[1000] = sent[1000]! ^ 1
      response.end(sent)
    } else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/**
 * The product's updater over the real library. Only Electron's part is faked: what the library asks the app for; an
 * installation is only recorded.
 */
function updatesFrom(url: string, busy: () => Promise<boolean>) {
  const folder = tempFolder()
  mkdirSync(join(folder, 'cache'))
  // This file is what packing leaves beside the program.
  writeFileSync(
    join(folder, 'app-update.yml'),
    `provider: generic\nurl: ${url}\nupdaterCacheDirName: ringside-updater\n`,
  )
  const app = {
    version: '1.0.0',
    name: 'ringside',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  }
  const updater = new AppImageUpdater(null, app)
  const installs: unknown[][] = []
  Object.assign(updater, {
    httpExecutor: new NodeHttpExecutor(),
    _testOnlyOptions: { platform: 'linux' },
    quitAndInstall: (...args: unknown[]) => {
      installs.push(args)
    },
    isUpdaterActive: () => true,
    disableDifferentialDownload: true,
  })
  process.env['APPIMAGE'] ??= join(folder, 'Ringside-1.0.0.AppImage')
  const told: Refusal[] = []
  const logged: string[] = []
  const timers: (() => void)[] = []
  const updates = createUpdates({
    updater,
    log: createLog((line) => logged.push(line), Date.now),
    isBusy: busy,
    tell: (refusal) => told.push(refusal),
    clock: {
      after: (_ms, run) => {
        timers.push(run)
        return () => undefined
      },
    },
  })
  updates.start()
  return { updates, told, logged, installs, look: () => timers.splice(0).forEach((run) => run()) }
}

describe('a newer version', { timeout: 60_000 }, () => {
  it('is fetched and verified in the background, announced once, and installed only at the end', async () => {
    const { url, asked } = await feed('1.1.0')
    const { updates, told, installs, look } = updatesFrom(url, async () => false)
    expect(await updates.mayInstall()).toBe(false)
    look()
    await until(() => told.length > 0, 'the update')
    look()
    await until(() => asked.filter((path) => path.endsWith('.yml')).length === 2, 'the second look')
    expect(told).toEqual([{ code: 'UPDATE_READY', params: { version: '1.1.0' } }])
    expect(installs).toEqual([])
    expect(await updates.mayInstall()).toBe(true)
    updates.install()
    expect(installs).toEqual([[true, false]])
  })

  it('waits while the agent is busy', async () => {
    let busy = true
    const { url } = await feed('1.1.0')
    const { updates, told, look } = updatesFrom(url, async () => busy)
    look()
    await until(() => told.length > 0, 'the update')
    expect(await updates.mayInstall()).toBe(false)
    busy = false
    expect(await updates.mayInstall()).toBe(true)
  })

  it('that differs from what its list promised is never installed', async () => {
    const { url } = await feed('1.1.0', { damaged: true })
    const { updates, told, logged, look } = updatesFrom(url, async () => false)
    look()
    await until(() => logged.some((line) => line.includes('update failed')), 'the failure')
    expect([told, await updates.mayInstall()]).toEqual([[], false])
  })

  it.each(['1.0.0', '0.9.0'])('is not %s, which is the same or older', async (version) => {
    const { url, asked } = await feed(version)
    const { updates, told, look } = updatesFrom(url, async () => false)
    look()
    await until(() => asked.length > 0, 'the look')
    await new Promise((resolve) => {
      setTimeout(resolve, 200)
    })
    expect([asked.includes('/Ringside.AppImage'), told, await updates.mayInstall()]).toEqual([false, [], false])
  })

  it('that cannot be looked for changes nothing', async () => {
    const { updates, told, logged, look } = updatesFrom('http://127.0.0.1:9', async () => false)
    look()
    await until(() => logged.some((line) => line.includes('update failed')), 'the failure')
    expect([told, await updates.mayInstall()]).toEqual([[], false])
  })
})

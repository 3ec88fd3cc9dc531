import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { appPath, contentType } from '../../../main/security/app-path.ts'
import { contentSecurityPolicy, withNonce } from '../../../main/security/csp.ts'
import { fuses } from '../../../main/security/fuses.ts'
import { guardContents, guardSession } from '../../../main/security/guard-contents.ts'
import { isTrustedSender } from '../../../main/security/ipc-sender.ts'
import { mayNavigate } from '../../../main/security/navigation.ts'
import { mayHavePermission } from '../../../main/security/permissions.ts'
import { webPreferences } from '../../../main/security/web-preferences.ts'
import { answerScreen } from '../../../main/platform/app-protocol.electron.ts'
import { createElectronFake } from '../../support/electron-fake.ts'

vi.mock('electron', async () => (await import('../../support/electron-fake.ts')).electronModule)

describe('an address of the app', () => {
  it.each([
    ['app://ringside/', 'index.html'],
    ['app://ringside', 'index.html'],
    ['app://ringside/assets/index-1.js', 'assets/index-1.js'],
    ['app://ringside/assets/a%20b.css', 'assets/a b.css'],
    ['app://ringside/x?y=1#z', 'x'],
  ])('%s is a file of the screens', (address, path) => {
    expect(appPath(address)).toBe(path)
  })

  it.each([
    'app://other/index.html',
    'file:///etc/passwd',
    'http://ringside/index.html',
    'app://ringside.evil/index.html',
    'app://user@ringside/index.html',
    'app://ringside/..%2f..%2fetc/passwd',
    'app://ringside/a/..%5c..%5cwindows',
    'app://ringside/%252e%252e/x',
    'app://ringside/C:%5Cx',
    'app://ringside/c:/x',
    'app://ringside//etc/passwd',
    'app://ringside/a//b',
    'app://ringside/.env',
    'app://ringside/assets/.git/config',
    'app://ringside/a%00.js',
    'app://ringside/%E0%A4%A',
    'not an address',
    '',
  ])('%s is no such file', (address) => {
    expect(appPath(address)).toBeNull()
  })

  it('stays inside the folder after the address parser has resolved its steps upwards', () => {
    expect(appPath('app://ringside/%2e%2e/%2e%2e/etc/passwd')).toBe('etc/passwd')
    expect(appPath('app://ringside/../../etc/passwd')).toBe('etc/passwd')
  })

  it('is sent only as a kind of file that screens have', () => {
    expect(contentType('assets/x.js')).toBe('text/javascript; charset=utf-8')
    for (const path of ['x.exe', 'x.map', 'x', 'x.db']) expect(contentType(path)).toBeNull()
  })
})

describe('the screens over app://', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringside-screens-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<script nonce="__CSP_NONCE__"></script>')
    writeFileSync(join(folder, 'assets', 'a.js'), '1')
    writeFileSync(join(folder, 'secret.db'), 'x')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('come with a policy whose nonce is new each time and in the page', async () => {
    const [one, two] = [
      await answerScreen(folder, { url: 'app://ringside/', method: 'GET' }),
      await answerScreen(folder, { url: 'app://ringside/', method: 'GET' }),
    ]
    const nonce = /'nonce-([^']+)'/.exec(one.headers.get('content-security-policy') ?? '')?.[1]
    expect(await one.text()).toContain(`nonce="${nonce}"`)
    expect(two.headers.get('content-security-policy')).not.toContain(nonce)
  })

  it('serve nothing else', async () => {
    for (const [url, method] of [
      ['app://ringside/secret.db', 'GET'],
      ['app://ringside/../package.json', 'GET'],
      ['app://ringside/assets/none.js', 'GET'],
      ['app://ringside/assets/a.js', 'POST'],
      ['app://evil/assets/a.js', 'GET'],
    ] as const) {
      expect((await answerScreen(folder, { url, method })).status).toBe(404)
    }
    expect((await answerScreen(folder, { url: 'app://ringside/assets/a.js', method: 'GET' })).status).toBe(200)
  })
})

describe('the policy for content', () => {
  it('allows nothing unsafe and nothing from another address', () => {
    const policy = contentSecurityPolicy('abc', [])
    expect(policy).not.toMatch(/unsafe|\*|data:|https?:/)
    expect(policy).toContain(`default-src 'none'`)
    expect(policy).toContain(`connect-src 'none'`)
    expect(withNonce('a __CSP_NONCE__ b __CSP_NONCE__', 'n')).toBe('a n b n')
  })
})

describe('a page', () => {
  const fake = createElectronFake()
  const contents = fake.newContents()
  guardContents(contents)
  guardSession(fake.session)

  it.each([
    'https://evil.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'app://ringside.evil/',
    'http://127.0.0.1/',
    'app://ringside@evil/',
  ])('never goes to %s', (address) => {
    expect(mayNavigate(address)).toBe(false)
    for (const kind of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
      expect(contents.emitted(kind, { url: address })).toBe('prevented')
  })

  it('moves within the screens', () => {
    expect(contents.emitted('will-navigate', { url: 'app://ringside/#/x' })).toBe('allowed')
  })

  it('opens no window and attaches no webview', () => {
    expect(contents.windowOpen('app://ringside/')).toEqual({ action: 'deny' })
    expect(contents.windowOpen('https://example.com')).toEqual({ action: 'deny' })
    expect(contents.emitted('will-attach-webview', { url: 'app://ringside/' })).toBe('prevented')
  })

  it('has only the listed permissions, and only when it is ours', () => {
    expect(mayHavePermission('clipboard-sanitized-write', 'app://ringside/')).toBe(true)
    expect(mayHavePermission('clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'openExternal',
      'fullscreen',
      'hid',
      'serial',
      'usb',
      'clipboard-read',
      'unknown',
    ]) {
      expect(mayHavePermission(permission, 'app://ringside/')).toBe(false)
      expect(fake.asked(permission, 'app://ringside/')).toBe(false)
    }
  })

  it('runs without Node and in a sandbox', () => {
    expect(webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
    })
  })
})

describe('a message between processes', () => {
  it('is accepted only from the top frame of the screens', () => {
    expect(isTrustedSender({ url: 'app://ringside/', parent: null })).toBe(true)
    expect(isTrustedSender({ url: 'app://ringside/', parent: {} })).toBe(false)
    expect(isTrustedSender({ url: 'https://evil.example/', parent: null })).toBe(false)
    expect(isTrustedSender({ url: 'about:blank', parent: null })).toBe(false)
    expect(isTrustedSender(null)).toBe(false)
  })
})

describe('the fuses', () => {
  it('are all decided: our list names each fuse that this Electron has', () => {
    const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)))
    expect(Object.keys(fuses).toSorted()).toEqual(known.filter((name) => name in fuses).toSorted())
    expect(known.filter((name) => !(name in fuses))).toEqual([])
  })
})

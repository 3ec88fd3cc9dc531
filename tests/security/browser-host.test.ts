import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { until } from '../support/until.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringside-host-'))
const renderer = join(folder, 'renderer')
let host: ChildProcess
let output = ''
let port = 0
let token = ''

beforeAll(async () => {
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><script nonce="__CSP_NONCE__"></script>')
  writeFileSync(join(renderer, 'assets', 'a.js'), 'export {}')
  host = spawn(process.execPath, ['main/browser-host.ts', '--server', 'http://127.0.0.1:9', '--data', join(folder, 'data'), '--renderer', renderer], { stdio: ['ignore', 'pipe', 'pipe'] })
  host.stdout?.on('data', (chunk: Buffer) => { output += chunk.toString() })
  host.stderr?.on('data', (chunk: Buffer) => { output += chunk.toString() })
  const found = await until(() => /127\.0\.0\.1:(\d+)\/open\?token=([\w-]+)/.exec(output), 'the address')
  port = Number(found[1])
  token = found[2]!
})

afterAll(() => {
  host.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Answer { readonly status: number; readonly headers: Record<string, string | string[] | undefined>; readonly body: string }

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => { body += chunk.toString() })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    asked.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' })
    })
    asked.on('error', reject)
    asked.end()
  })
}

const cookie = () => `ringside-${port}=${token}`
const upgrade = (more: Record<string, string>, path = '/bridge') =>
  ask(path, { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', ...more })

describe('the browser host', () => {
  it('gives the screens for the token that it printed, and keeps it in a cookie no script can read', async () => {
    const opened = await ask(`/open?token=${token}`)
    expect(opened.status).toBe(303)
    expect(opened.headers['set-cookie']).toEqual([`${cookie()}; HttpOnly; SameSite=Strict; Path=/`])
    const page = await ask('/', { cookie: cookie() })
    expect(page.status).toBe(200)
    const policy = String(page.headers['content-security-policy'])
    expect(policy).not.toMatch(/unsafe/)
    expect(page.body).toContain(/'nonce-([^']+)'/.exec(policy)![1])
    expect((await ask('/assets/a.js', { cookie: cookie() })).status).toBe(200)
  })

  it('gives nothing without the token, or with another', async () => {
    for (const path of ['/', '/index.html', '/assets/a.js', '/nothing']) {
      expect((await ask(path)).status).toBe(401)
      expect((await ask(path, { cookie: `ringside-${port}=${'x'.repeat(43)}` })).status).toBe(401)
      expect((await ask(path, { cookie: `ringside-1=${token}` })).status).toBe(401)
    }
    expect((await ask('/open?token=wrong')).status).toBe(401)
    expect((await ask('/open?token=a&token=b')).status).toBe(401)
    expect((await ask('/open')).status).toBe(401)
  })

  it('is nobody under another name', async () => {
    for (const name of ['evil.example', `evil.example:${port}`, `127.0.0.1:${port + 1}`, `[::1]:${port}`]) {
      expect((await ask('/', { cookie: cookie(), host: name })).status).toBe(421)
      expect((await ask(`/open?token=${token}`, { host: name })).status).toBe(421)
    }
  })

  it('opens its bridge to its own page only', async () => {
    const own = `http://127.0.0.1:${port}`
    expect((await upgrade({ cookie: cookie(), origin: own })).status).toBe(101)
    expect((await upgrade({ cookie: cookie() })).status).toBe(403)
    for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`, `http://localhost:${port}`]) {
      expect((await upgrade({ cookie: cookie(), origin })).status).toBe(403)
    }
    expect((await upgrade({ origin: own })).status).toBe(401)
    expect((await upgrade({ origin: own, cookie: cookie(), host: 'evil.example' })).status).toBe(421)
  })

  it('opens its bridge under no other spelling of its address', async () => {
    // A page on another port of this machine has our cookie with it: cookies know no ports, and it counts as the same site.
    for (const path of ['/bridge?x', '/bridge?', '/%62ridge', '/bridge/', '/bridge#x', '/open', `/open?token=${token}`, '/']) {
      expect([path, (await upgrade({ cookie: cookie(), origin: `http://127.0.0.1:${port + 1}` }, path)).status]).toEqual([path, 403])
      expect([path, (await upgrade({ cookie: cookie() }, path)).status]).toEqual([path, 403])
    }
  })

  it('gives no file from outside its folder', async () => {
    for (const path of ['/../package.json', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '/assets/..%2f..%2f..%2fetc/passwd', '/data/files.key']) {
      expect([400, 403, 404]).toContain((await ask(path, { cookie: cookie() })).status)
    }
  })

  it('never has its token in its log', () => {
    const logged = output.split('\n').filter((line) => line.startsWith('{')).join('\n')
    expect(logged).not.toContain(token)
  })
})

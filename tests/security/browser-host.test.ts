import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserHost } from '../../launch/built.ts'
import { passIdOf, proofOf } from '../../main/host/bridge-proof.ts'
import { openBridge } from '../support/bridge-client.ts'
import { until } from '../support/until.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringside-host-'))
const renderer = join(folder, 'renderer')
const data = join(folder, 'data')

interface Host {
  readonly child: ChildProcess
  readonly output: () => string
  readonly port: number
  readonly token: string
  readonly code: () => string
}

async function startHost(): Promise<Host> {
  let output = ''
  let opens = ''
  const child = spawn(
    process.execPath,
    [browserHost, '--server', 'http://127.0.0.1:9', '--data', data, '--renderer', renderer],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  )
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  child.on('message', (message: { open?: string }) => {
    opens = message.open ?? ''
  })
  const found = await until(
    () => /open at http:\/\/127\.0\.0\.1:(\d+)\/#token=([\w-]{43})\n/.exec(output),
    'the address',
  )
  await until(() => opens, 'the address to open')
  return {
    child,
    output: () => output,
    port: Number(found[1]),
    token: found[2]!,
    code: () => /\/#code=([\w-]{43})$/.exec(opens)![1]!,
  }
}

let host: Host

beforeAll(async () => {
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><script nonce="__CSP_NONCE__"></script>')
  writeFileSync(join(renderer, 'assets', 'a.js'), 'export {}')
  // A copy of the folder may have left files and rights like these.
  mkdirSync(data)
  writeFileSync(join(data, 'ringside.old.log'), 'x')
  chmodSync(join(data, 'ringside.old.log'), 0o644)
  chmodSync(data, 0o755)
  host = await startHost()
})

afterAll(() => {
  host.child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: host.port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
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

const upgrade = (more: Record<string, string>, path = '/bridge') =>
  ask(path, {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...more,
  })

/**
 * Enters with this pass. Returns the pass for the next entry (without confirming that it was kept), or the code with
 * which the bridge was closed.
 */
async function enter(pass: string): Promise<string | number> {
  const bridge = await openBridge(host.port)
  const heard = await bridge.enter(pass)
  bridge.close()
  return heard
}

describe('the screens', () => {
  it('are open to every user of this machine, hold no data, and carry their content security policy', async () => {
    const page = await ask('/')
    expect(page.status).toBe(200)
    const policy = String(page.headers['content-security-policy'])
    expect(policy).not.toMatch(/unsafe/)
    expect(page.body).toContain(/'nonce-([^']+)'/.exec(policy)![1])
    const asset = await ask('/assets/a.js')
    expect([
      asset.status,
      asset.headers['x-content-type-options'],
      asset.headers['cross-origin-resource-policy'],
    ]).toEqual([200, 'nosniff', 'same-origin'])
    for (const answer of [page, asset]) expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('are served under no other host name', async () => {
    for (const name of [
      'evil.example',
      `evil.example:${host.port}`,
      `localhost:${host.port}`,
      `127.0.0.1:${host.port + 1}`,
      `[::1]:${host.port}`,
    ]) {
      expect((await ask('/', { host: name })).status).toBe(421)
      expect((await upgrade({ host: name, origin: `http://${name}` })).status).toBe(421)
    }
  })

  it('are served only from their folder', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/..%2f..%2fetc/passwd',
      '/assets/..%2f..%2f..%2fetc/passwd',
      '/data/files.key',
      '/%00',
      '/assets/a.js%00.html',
      '//etc/passwd',
      '/assets/%5c..%5c..%5cdata',
    ]) {
      expect([path, [400, 403, 404].includes((await ask(path)).status)]).toEqual([path, true])
    }
  })
})

describe('the bridge', () => {
  it('opens for the token of the printed address, however often it is used, and gives a pass for a later visit', async () => {
    const [one, other] = [await enter(host.token), await enter(host.token)]
    for (const secret of [one, other]) expect(secret).toMatch(/^[\w-]{43}$/)
    expect(new Set([one, other, host.token]).size).toBe(3)
    expect(await enter(String(one))).toMatch(/^[\w-]{43}$/)
    expect(await enter(String(other))).toMatch(/^[\w-]{43}$/)
  })

  it('gives another pass at every entry, and the earlier pass becomes invalid once the new one is kept', async () => {
    const first = String(await enter(host.token))
    const bridge = await openBridge(host.port)
    const second = String(await bridge.enter(first))
    // The window has not confirmed the second pass: it may have died before it could keep it.
    const again = await openBridge(host.port)
    const third = String(await again.enter(first))
    again.say({ verb: 'kept' })
    again.say({ verb: 'act', id: 1, name: 'x', args: null })
    await again.hears('result')
    expect(await enter(first)).toBe(4401)
    for (const secret of [second, third]) expect(await enter(secret)).toMatch(/^[\w-]{43}$/)
    bridge.close()
    again.close()
  })

  it('opens only once for the code with which a browser is started, because every user can read it in the list of processes', async () => {
    expect(await enter(host.code())).toMatch(/^[\w-]{43}$/)
    expect(await enter(host.code())).toBe(4401)
  })

  it('closes after any wrong first message', async () => {
    const one = { verb: 'hello', passId: passIdOf('x'.repeat(43)), nonce: 'n'.repeat(43) }
    const known = { ...one, passId: passIdOf(host.token) }
    for (const frame of [
      one,
      { ...known, passId: '' },
      { ...known, nonce: 7 },
      { ...known, nonce: 'short' },
      { ...known, more: 1 },
      { verb: 'enter', pass: host.token },
      { verb: 'enter', mac: 'x'.repeat(43) },
      { verb: 'watch', id: 1, name: 'session', args: {} },
      '',
      'null',
      '{"__proto__":{"verb":"hello"}}',
      '['.repeat(10_000),
    ]) {
      const bridge = await openBridge(host.port)
      bridge.say(frame)
      expect(await bridge.hears('entered')).toBe(4401)
      expect(bridge.frames).toEqual([])
    }
  })

  it('closes for a window that knows the name of a pass but not the pass, whatever it answers', async () => {
    const challenge = (hostNonce: string, windowNonce = 'n'.repeat(43)) => ({ port: host.port, windowNonce, hostNonce })
    const answers: ((proof: { nonce: string; mac: string }) => object)[] = [
      ({ mac }) => ({ verb: 'enter', mac }),
      ({ nonce }) => ({ verb: 'enter', mac: nonce }),
      ({ nonce }) => ({ verb: 'enter', mac: proofOf('window', '', challenge(nonce)) }),
      ({ nonce }) => ({ verb: 'enter', mac: proofOf('host', host.token, challenge(nonce)) }),
      // A proof that was overheard from another entry, and a proof that was made for another port.
      () => ({ verb: 'enter', mac: proofOf('window', host.token, challenge('o'.repeat(43))) }),
      ({ nonce }) => ({
        verb: 'enter',
        mac: proofOf('window', host.token, { ...challenge(nonce), port: host.port + 1 }),
      }),
      ({ nonce }) => ({ verb: 'enter', pass: host.token, mac: nonce }),
      () => ({ verb: 'hello', passId: passIdOf(host.token), nonce: 'n'.repeat(43) }),
    ]
    for (const answer of answers) {
      const bridge = await openBridge(host.port)
      bridge.say({ verb: 'hello', passId: passIdOf(host.token), nonce: 'n'.repeat(43) })
      bridge.say(answer((await bridge.hears('proof')) as unknown as { nonce: string; mac: string }))
      expect(await bridge.hears('entered')).toBe(4401)
      expect(bridge.frames).toHaveLength(1)
    }
  })

  it('sends nothing and does nothing before the first message: an earlier request is lost', async () => {
    const bridge = await openBridge(host.port)
    bridge.say({ verb: 'act', id: 1, name: 'session.signOut', args: {} })
    expect(await bridge.enter(host.token)).toBe(4401)
    expect(bridge.frames).toEqual([])
  })

  it('does not wait for ever for the first message', async () => {
    const bridge = await openBridge(host.port)
    expect(await bridge.hears('entered')).toBe(4408)
  })

  it('keeps a place for a window that has a pass while others hold all other places open', async () => {
    const idle = await Promise.all(Array.from({ length: 60 }, () => openBridge(host.port)))
    expect(await enter(host.token)).toMatch(/^[\w-]{43}$/)
    expect(idle.filter((bridge) => bridge.closedWith() === 1013).length).toBeGreaterThan(20)
    for (const bridge of idle) bridge.close()
  })

  it('accepts only its own page', async () => {
    const own = `http://127.0.0.1:${host.port}`
    expect((await upgrade({ origin: own })).status).toBe(101)
    expect((await upgrade({})).status).toBe(403)
    for (const origin of [
      'http://evil.example',
      'null',
      `https://127.0.0.1:${host.port}`,
      `http://127.0.0.1:${host.port + 1}`,
      `http://localhost:${host.port}`,
    ]) {
      expect((await upgrade({ origin })).status).toBe(403)
    }
    expect((await upgrade({ origin: own, host: 'evil.example' })).status).toBe(421)
  })

  it('has no other spelling of its address', async () => {
    for (const path of ['/bridge?x', '/bridge?', '/%62ridge', '/bridge/', '/bridge#x', '/']) {
      expect([path, (await upgrade({ origin: `http://127.0.0.1:${host.port + 1}` }, path)).status]).toEqual([path, 403])
      expect([path, (await upgrade({}, path)).status]).toEqual([path, 403])
    }
  })

  it('answers requests that are nested very deeply or that reach for a prototype, and keeps working', async () => {
    const bridge = await openBridge(host.port)
    await bridge.enter(host.token)
    const names = ['draft.save', 'desk.wrapUp', 'session', 'task.add', '__proto__', 'constructor', 'toString']
    const wrong = [
      `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
      '{"__proto__":{"polluted":1}}',
      '{"key":{"toString":1}}',
      '1e999',
      '"\\ud800"',
    ]
    let id = 0
    for (const name of names)
      for (const args of wrong)
        for (const verb of ['act', 'run', 'watch'])
          bridge.say(`{"verb":"${verb}","id":${(id += 1)},"name":"${name}","args":${args}}`)
    await until(() => new Set(bridge.frames.map((frame) => frame['id'])).size > id, 'an answer to each')
    const answers = bridge.frames.filter(({ kind }) => kind === 'result') as {
      result?: { ok: boolean; error?: { code: string } }
    }[]
    expect(answers.filter(({ result }) => result?.ok)).toEqual([])
    expect(answers.filter(({ result }) => result?.error?.code === 'INTERNAL')).toEqual([])
    expect(bridge.closedWith()).toBeUndefined()
    bridge.close()
  })

  it('takes no frame above half a megabyte, and the host keeps running', async () => {
    const bridge = await openBridge(host.port)
    await bridge.enter(host.token)
    bridge.say({ verb: 'act', id: 1, name: 'x', args: 'x'.repeat(400 * 1024) })
    expect(await bridge.hears('result')).toMatchObject({
      id: 1,
      result: { ok: false, error: { code: 'UNKNOWN_NAME' } },
    })
    bridge.say({ verb: 'act', id: 2, name: 'x', args: 'x'.repeat(513 * 1024) })
    expect(await bridge.hears('nothing')).toBe(1009)
    expect((await ask('/')).status).toBe(200)
  })
})

describe('the host', () => {
  it('disconnects a client that sends a request byte by byte', async () => {
    const socket = connect(host.port, '127.0.0.1')
    let closed = false
    socket.on('close', () => {
      closed = true
    })
    socket.on('error', () => undefined)
    socket.write('GET / HTTP/1.1\r\n')
    const drip = setInterval(() => {
      if (!closed) socket.write('x')
    }, 200)
    await until(() => closed, 'the end of it')
    clearInterval(drip)
  })

  it('disconnects a client that sends thousands of requests before the first answer, and opens no file for them', async () => {
    const flood = Array.from({ length: 20 }, () => connect(host.port, '127.0.0.1'))
    let heard = ''
    let closed = 0
    for (const socket of flood) {
      socket.on('data', (chunk: Buffer) => {
        heard += chunk.toString()
      })
      socket.on('close', () => {
        closed += 1
      })
      socket.on('error', () => undefined)
      socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\n\r\n`.repeat(2000))
    }
    await until(() => closed === flood.length, 'the end of them')
    expect((heard.match(/HTTP\/1\.1 200/g) ?? []).length).toBeLessThanOrEqual(flood.length)
    expect((await ask('/')).status).toBe(200)
  })

  it('gives a fresh address to a later start of the same user, and starts no second host', async () => {
    const second = spawn(process.execPath, [browserHost, '--data', data, '--open'], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    let said = ''
    let opens = ''
    for (const stream of [second.stdout, second.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
    second.on('message', (message: { open?: string }) => {
      opens = message.open ?? ''
    })
    expect(
      await new Promise((resolve) => {
        second.once('exit', resolve)
      }),
    ).toBe(0)
    await until(() => said.includes('open at'), 'the address')
    expect(said).toContain(`Ringside is open at http://127.0.0.1:${host.port}/#token=${host.token}`)
    const code = /#code=([\w-]{43})$/.exec(opens)![1]!
    expect(code).not.toBe(host.code())
    expect(await enter(code)).toMatch(/^[\w-]{43}$/)
    expect(await enter(code)).toBe(4401)
  })

  it('after kill -9 lets in every window that was in before, on the same port, but nobody with an earlier address', async () => {
    const secret = String(await enter(host.token))
    const before = host
    host.child.kill('SIGKILL')
    await new Promise((resolve) => {
      host.child.once('exit', resolve)
    })
    host = await startHost()
    expect(host.port).toBe(before.port)
    expect(host.token).not.toBe(before.token)
    expect(await enter(secret)).toMatch(/^[\w-]{43}$/)
    expect(await enter(before.token)).toBe(4401)
  })

  it('has a data folder that only its owner can open, whatever its rights were before', () => {
    const open = ['.', ...readdirSync(data)].filter((name) => (statSync(join(data, name)).mode & 0o077) !== 0)
    expect(open).toEqual([])
  })

  it('keeps its secret in a file that only its owner can read, and no token in its log', () => {
    const memory = join(data, 'browser-host.json')
    expect(statSync(memory).mode & 0o777).toBe(0o600)
    const { browsers } = JSON.parse(readFileSync(memory, 'utf8')) as { browsers: string[][] }
    expect(browsers.flat().length).toBeGreaterThan(0)
    const logged = host
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .join('\n')
    for (const word of [host.token, host.code(), ...browsers.flat()]) expect(logged).not.toContain(word)
    for (const secret of browsers.flat()) expect(host.output()).not.toContain(secret)
  })
})

it('anyone who asks for an open host on a folder where none runs is told what to start', async () => {
  const alone = spawn(process.execPath, [browserHost, '--data', join(folder, 'empty'), '--open'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  alone.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  expect(
    await new Promise((resolve) => {
      alone.once('exit', resolve)
    }),
  ).toBe(1)
  expect(said).toContain('No Ringside runs on this data folder. Start it first: npm start')
})

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { openSession } from '../../../server/auth/sessions.ts'
import { insertRow } from '../../../server/db/rows.ts'
import { operatorSecretFile, provideOperatorSecret } from '../../../server/operator/operator-secret.ts'
import type { Status } from '../../../server/operator/status.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { connectWorkstation, envelopeOf, signInAs, type WorkstationClient } from '../../support/workstation-client.ts'

// A number and a name that may appear only where they are allowed.
const NOTE = 'called from <13800138999> about "tea"'

let server: TestServer
let desk: WorkstationClient
let customerId: CustomerId
let parkedId: string
const dataFolder = mkdtempSync(join(tmpdir(), 'ringside-operator-'))
const secret = provideOperatorSecret(dataFolder)
const report = {
  appVersion: '0.1.0',
  protocolVersion: 2,
  cacheSchema: 2,
  cursor: 5,
  behind: 3,
  unsent: 2,
  needsAttention: 1,
  alarm: null,
  freeDiskBytes: 5e9,
}

beforeAll(async () => {
  server = await startTestServer({ metricsPort: 0, dataFolder })
  const { pool } = server.database
  await addUser(pool, 'ana')
  await addUser(pool, 'sue', { role: 'supervisor' })
  const gone = await addUser(pool, 'gone')
  const customer = entityExamples.customer()
  customerId = customer.id
  await insertRow(pool, 'customer', customer)
  const who = await signInAs(server.url, 'ana')
  desk = await connectWorkstation(server.url, who)
  const his = await signInAs(server.url, 'gone', who.deviceId).catch(() => null)
  expect(his).toBeNull()
  const opened = await openSession(pool, gone.id, who.deviceId, Date.now())
  const left = { identity: { ...who.identity, userId: gone.id }, sessionId: opened.id, sealKey: opened.sealKey }
  await pool.query('update app_user set active = false where id = $1', [gone.id])
  const taskArgs = {
    taskId: crypto.randomUUID(),
    customerId,
    kind: 'callback',
    title: NOTE,
    detail: '',
    dueAt: Date.now() + 86_400_000,
    ownerUserId: null,
  }
  const parked = envelopeOf(1, left, 'task.add', taskArgs)
  parkedId = parked.commandId
  const refused = envelopeOf(2, left, 'no\0such', { note: 'evil \0 text', customerId: '\0' })
  await desk.ask('commands', { incarnation: crypto.randomUUID(), commands: [parked, refused] })
  await desk.run('preference.set', {
    preferenceId: crypto.randomUUID(),
    customerId,
    key: 'seat',
    value: 'aisle',
    source: 'said',
  })
  await desk.ask('report', report)
})
afterAll(async () => {
  desk.close()
  await server.remove()
  rmSync(dataFolder, { recursive: true, force: true })
})

const signInTo = async (login: string, password = PASSWORD, headers: Record<string, string> = {}) => {
  const reply = await fetch(`${server.url}/operator/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ login, password }),
    redirect: 'manual',
    headers,
  })
  return { status: reply.status, text: await reply.text(), cookie: reply.headers.getSetCookie()[0] ?? '' }
}
const get = async (path: string, headers: Record<string, string> = {}) => {
  const reply = await fetch(`${server.url}${path}`, { headers, redirect: 'manual' })
  return { status: reply.status, text: await reply.text(), headers: reply.headers }
}
const cookieOf = async (login: string) => (await signInTo(login)).cookie.split(';')[0] ?? ''

describe('who may see the status', () => {
  test('nobody without a sign-in: they get the form and no figures', async () => {
    for (const headers of [
      {},
      { cookie: 'ringside_operator=' },
      { cookie: `ringside_operator=${'x'.repeat(43)}` },
      { authorization: `Bearer ${'x'.repeat(43)}` },
    ] as Record<string, string>[]) {
      const page = await get('/operator', headers)
      expect([page.status, page.text.includes('<form'), page.text.includes('<table')]).toEqual([401, true, false])
      expect((await get('/operator/status.json', headers)).status).toBe(401)
    }
  })

  test('no agent, who gets the same answer as somebody with a wrong password', async () => {
    const [agent, wrong] = [await signInTo('ana'), await signInTo('sue', 'wrong')]
    expect([agent.status, agent.cookie, agent.text]).toEqual([401, '', wrong.text])
    // The sign-in of a workstation opens nothing here either.
    const { sessionToken } = await signInAs(server.url, 'ana')
    expect((await get('/operator', { cookie: `ringside_operator=${sessionToken}` })).status).toBe(401)
  })

  test('a supervisor, by a cookie that no script and no other site can use, until they sign out', async () => {
    const { status, cookie } = await signInTo('sue')
    expect(status).toBe(303)
    expect(cookie).toMatch(/^ringside_operator=[\w-]{43}; Path=\/operator; HttpOnly; SameSite=Strict$/)
    expect((await signInTo('sue', PASSWORD, { 'x-forwarded-proto': 'https' })).cookie).toMatch(/; Secure$/)
    const mine = { cookie: cookie.split(';')[0] ?? '' }
    expect((await get('/operator', mine)).status).toBe(200)
    await fetch(`${server.url}/operator/sign-out`, { method: 'POST', headers: mine, redirect: 'manual' })
    expect((await get('/operator', mine)).status).toBe(401)
  })

  test('nobody through a form of another site', async () => {
    expect((await signInTo('sue', PASSWORD, { origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await signInTo('sue', PASSWORD, { origin: 'null' })).status).toBe(403)
    expect((await signInTo('sue', PASSWORD, { origin: server.url })).status).toBe(303)
  })

  test('tries of a password count as they do at a workstation', async () => {
    await addUser(server.database.pool, 'max', { role: 'manager' })
    const answers = []
    for (let count = 0; count < 7; count += 1) answers.push((await signInTo('max', 'wrong')).status)
    expect(answers).toEqual([401, 401, 401, 401, 401, 429, 429])
  })

  test('only the owner can read the secret of the data folder, even if others could before', () => {
    const file = operatorSecretFile(dataFolder)
    writeFileSync(file, `${secret}\n`, { mode: 0o644 })
    expect(provideOperatorSecret(dataFolder)).toBe(secret)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

describe('the status', () => {
  const status = async (headers: Record<string, string>): Promise<Status> =>
    (JSON.parse((await get('/operator/status.json', headers)).text) as { value: Status }).value

  test('has the last report of every workstation, and all commands that nobody has dealt with', async () => {
    const found = await status({ cookie: await cookieOf('sue') })
    expect(found.devices).toMatchObject({ here: 1, away: 0, alarms: 0, leftLying: 0 })
    expect(found.devices.listed).toMatchObject([
      {
        label: 'test',
        userName: 'ana',
        appVersion: '0.1.0',
        isHere: true,
        behind: 3,
        unsent: 2,
        needsAttention: 1,
        freeDiskBytes: 5e9,
      },
    ])
    expect(found.commands).toMatchObject({ parked: 1, refused: 1 })
    expect(found.findings.map(({ code }) => code)).toEqual(['COMMANDS_PARKED', 'COMMANDS_REFUSED'])
    expect(found.feed).toMatchObject({ pending: 0, nodeBehind: 0, epoch: server.database.site.epoch })
    expect(found.node.counted.commands).toMatchObject({ applied: 1, parked: 1, refused: 1 })
    expect(found.node.connections).toBeGreaterThan(0)
    expect([found.node.hasTelephones, found.telephones?.node]).toEqual([true, found.node.name])
  })

  test('shows what was typed to a supervisor who may have the customer, but not to the owner of the data folder', async () => {
    const textOf = (found: Status) => found.commands.listed.find(({ commandId }) => commandId === parkedId)?.text
    expect(textOf(await status({ cookie: await cookieOf('sue') }))).toContain(NOTE)
    expect(textOf(await status({ authorization: `Bearer ${secret}` }))).toBeNull()
    await server.database.pool.query("update customer set scope = 'team:elsewhere' where id = $1", [customerId])
    expect(textOf(await status({ cookie: await cookieOf('sue') }))).toBeNull()
    await server.database.pool.query("update customer set scope = 'org' where id = $1", [customerId])
  })

  test('finds work that is left on an offline workstation, alarms, and a transaction that is held open', async () => {
    const { pool } = server.database
    await pool.query('update device_state set seen_at = seen_at - 7200000')
    expect((await status({ authorization: `Bearer ${secret}` })).findings).toContainEqual({
      code: 'WORK_LEFT_LYING',
      params: { count: 1 },
    })
    await desk.ask('report', { ...report, alarm: 'JOURNAL_FULL' })
    const found = await status({ authorization: `Bearer ${secret}` })
    expect(found.findings.map(({ code }) => code)).toEqual(['COMMANDS_PARKED', 'COMMANDS_REFUSED', 'DEVICE_ALARMS'])
    await desk.ask('report', report)
  })
})

describe('the page', () => {
  test('escapes what users typed, runs no script, and says the same in both languages', async () => {
    const cookie = await cookieOf('sue')
    const [en, zh] = [
      await get('/operator', { cookie, 'accept-language': 'en-GB,en;q=0.9' }),
      await get('/operator', { cookie, 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }),
    ]
    for (const page of [en, zh]) {
      expect(page.text).toContain('called from &lt;13800138999&gt; about &quot;tea&quot;')
      expect(page.text).not.toContain('<13800138999>')
      expect(page.text).not.toMatch(/<script|\s(style|on\w+)=/)
      expect(page.text).not.toMatch(/\{\w+\}|undefined|NaN|\[object/)
      expect(page.headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      )
      expect(page.headers.get('cache-control')).toBe('no-store')
    }
    expect(en.text).toContain('Parked commands: 1')
    expect(zh.text).toContain('搁置的命令：1')
    expect(zh.text.match(/<tr/g)?.length).toBe(en.text.match(/<tr/g)?.length)
  })
})

describe('metrics', () => {
  test('are in the text format of Prometheus, each with its help and type, and name no person', async () => {
    const reply = await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)
    expect(reply.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await reply.text()
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) ringside_\w+ .+|ringside_\w+(\{(\w+="[^"\n]*",?)+\})? -?[\d.e+-]+)$/)
    expect(text).toContain('ringside_commands_total{outcome="parked"} 1')
    expect(text).toContain('ringside_commands_waiting{kind="parked"} 1')
    expect(text).toContain('ringside_database_up 1')
    expect(text).toContain('ringside_telephones 1')
    expect(text).toContain('ringside_command_duration_seconds_bucket{le="+Inf"} 3')
    expect(text).not.toMatch(/ana|sue|tea|1380013/)
    expect((await fetch(`http://127.0.0.1:${server.metricsPort}/operator`)).status).toBe(404)
  })
})

describe('npm run ringside -- status', () => {
  const run = (args: string[], env: Record<string, string> = {}) =>
    new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      const root = fileURLToPath(new URL('../../..', import.meta.url))
      const child = spawn(process.execPath, [join(root, 'launch', 'ringside.ts'), 'status', ...args], {
        env: { ...process.env, RINGSIDE_DATA: dataFolder, LC_ALL: 'C', ...env },
      })
      const said = { out: '', err: '' }
      child.stdout.on('data', (text: Buffer) => {
        said.out += text.toString()
      })
      child.stderr.on('data', (text: Buffer) => {
        said.err += text.toString()
      })
      child.once('close', (code) => {
        resolve({ code, ...said })
      })
    })

  test('shows the status where the data folder lies, without what was typed, and exits with 1 while something needs a person', async () => {
    const { code, out, err } = await run(['--server', server.url])
    expect([code, err]).toEqual([1, ''])
    expect(out).toContain('! Parked commands: 1')
    expect(out).toContain('test')
    expect(out).not.toContain('13800138999')
  })

  test('shows what was typed to a supervisor, in the language of the terminal, and as JSON', async () => {
    const sue = { RINGSIDE_LOGIN: 'sue', RINGSIDE_PASSWORD: PASSWORD }
    const zh = await run(['--server', server.url], { ...sue, LC_ALL: 'zh_CN.UTF-8' })
    expect([zh.code, zh.out.includes('搁置的命令：1'), zh.out.includes(NOTE)]).toEqual([1, true, true])
    const json = await run(['--server', server.url, '--json'], sue)
    expect((JSON.parse(json.out) as Status).commands.parked).toBe(1)
  })

  test('says in a sentence what to do if it may not or cannot show the status', async () => {
    expect(await run(['--server', server.url], { RINGSIDE_DATA: tmpdir() })).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('RINGSIDE_LOGIN') as string,
    })
    expect(await run(['--server', server.url], { RINGSIDE_LOGIN: 'ana', RINGSIDE_PASSWORD: PASSWORD })).toMatchObject({
      code: 1,
      err: expect.stringContaining('not those of a supervisor') as string,
    })
    expect(await run(['--server', 'http://127.0.0.1:9'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('No server answers at http://127.0.0.1:9') as string,
    })
    // The secret of this machine's server is only for that server.
    expect(await run(['--server', 'https://center.example'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('goes to no other') as string,
    })
    expect(await run(['--server', 'http://center.example'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('in the clear') as string,
    })
  })

  test('exits with 0 once a person has dealt with everything', async () => {
    const cookie = await cookieOf('sue')
    const { listed } = (JSON.parse((await get('/operator/status.json', { cookie })).text) as { value: Status }).value
      .commands
    for (const { commandId } of listed)
      await fetch(`${server.url}/operator/dealt-with`, {
        method: 'POST',
        body: new URLSearchParams({ commandId }),
        headers: { cookie },
        redirect: 'manual',
      })
    const { rows } = await server.database.pool.query<{ by: string }>(
      "select login as by from command_result r join app_user u on u.id = r.dealt_with_by where kind in ('parked', 'refused')",
    )
    expect(rows).toEqual([{ by: 'sue' }, { by: 'sue' }])
    const { code, out } = await run(['--server', server.url])
    expect([code, out.includes('All systems OK')]).toEqual([0, true])
  })
})

import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { browserHost } from '../../../launch/built.ts'
import { DEMO_PASSWORD } from '../../../demo/sign-in.ts'
import { bulkLoadTable } from '../../../server/db/bulk-load.ts'
import { openDatabase } from '../../../server/open-database.ts'
import type { PlannedCall } from '../../../server/telephony/call-plan.ts'
import { dropDatabase, makeDatabase } from '../../support/cluster.ts'
import { CLUSTER, TEMPLATE } from './template.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** A whole server on this machine; its parts are real processes that a test may kill. */
export interface Center {
  readonly url: string
  readonly folder: string
  /** Runs a statement on the server's own database, to choose customers and to see what has arrived. */
  query<T extends object>(sql: string, ...values: unknown[]): Promise<T[]>
  /** Sets what the simulated telephone system plays from the next start of the server on. */
  plan(calls: readonly Partial<PlannedCall>[]): Promise<void>
  startServer(): Promise<void>
  killServer(signal?: NodeJS.Signals): Promise<void>
  openDesk(login: string, ...more: string[]): Promise<Desk>
  remove(): Promise<void>
}

/** A workstation whose shell is the browser host. */
export interface Desk {
  readonly address: string
  readonly logged: string[]
  /** Ends the process; by default as hard as a power cut would. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Hands arguments to the running workstation, as a second start of the program does. */
  call(number: string): Promise<void>
}

/** Starts a server with a few hundred customers; nobody calls until a plan is set. */
export async function startCenter(): Promise<Center> {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-e2e-'))
  const serverFolder = join(folder, 'server')
  const cluster = process.env[CLUSTER]!
  const name = `e2e_${crypto.randomUUID().replaceAll('-', '')}`
  const database = await openDatabase({
    dataFolder: serverFolder,
    databaseUrl: await makeDatabase(cluster, name, TEMPLATE),
  })
  const {
    rows: [line],
  } = await database.pool.query<{ number: string }>('select number from line order by number limit 1')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const children = new Set<ChildProcess>()
  let server: ChildProcess | null = null

  const node = (args: readonly string[], env: Record<string, string>, onLine: (line: string) => void) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.add(child)
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => chunk.toString().split('\n').filter(Boolean).forEach(onLine))
    return child
  }
  const end = async (child: ChildProcess, signal: NodeJS.Signals) => {
    children.delete(child)
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => {
      child.once('exit', resolve)
    })
    child.kill(signal)
    await gone
  }

  return {
    url,
    folder,
    query: async <T extends object>(sql: string, ...values: unknown[]) =>
      (await database.pool.query<T>(sql, values)).rows,
    plan: async (calls) => {
      await database.pool.query('truncate call_plan')
      await bulkLoadTable(
        database.pool,
        'call_plan',
        ['position', 'call'],
        calls.map((call, position) => [
          position,
          {
            afterMs: 800,
            from: { kind: 'withheld' },
            line: line!.number,
            queue: 'support',
            patienceMs: 600_000,
            serviceMs: null,
            collected: null,
            name: 'test',
            ...call,
          },
        ]),
      )
    },
    startServer: async () => {
      const said: string[] = []
      server = node(
        [join(root, 'server', 'index.ts')],
        { DATABASE_URL: database.connectionString, RINGSIDE_DATA: serverFolder, PORT: String(port) },
        (line) => said.push(line),
      )
      for (let i = 0; i < 400; i++, await pause(50)) {
        if (
          await fetch(`${url}/api/health`).then(
            (reply) => reply.ok,
            () => false,
          )
        )
          return
      }
      throw new Error(`The server does not answer:\n${said.join('\n')}`)
    },
    killServer: async (signal = 'SIGKILL') => {
      if (server) await end(server, signal)
      server = null
    },
    openDesk: async (login, ...more) => {
      const desk = (rest: readonly string[]) => [
        browserHost,
        '--server',
        url,
        '--data',
        join(folder, `desk-${login}`),
        ...rest,
      ]
      const logged: string[] = []
      let found: (address: string) => void = () => undefined
      const address = new Promise<string>((resolve, reject) => {
        found = resolve
        setTimeout(() => reject(new Error(`The workstation does not open:\n${logged.join('\n')}`)), 30_000).unref()
      })
      const child = node(desk(['--sign-in', login, ...more]), { RINGSIDE_PASSWORD: DEMO_PASSWORD }, (line) => {
        logged.push(line)
        const open = /(http:\/\/\S+)/.exec(line)?.[1]
        if (open && line.includes('open at')) found(open)
      })
      return {
        address: await address,
        logged,
        kill: (signal = 'SIGKILL') => end(child, signal),
        call: async (number) => {
          const second = node(desk(['--call', number]), {}, (line) => logged.push(line))
          await new Promise((resolve) => {
            second.once('exit', resolve)
          })
          children.delete(second)
        },
      }
    },
    remove: async () => {
      await Promise.all([...children].map((child) => end(child, 'SIGKILL')))
      await database.close()
      await dropDatabase(cluster, name)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => {
    probe.close(resolve)
  })
  return port
}

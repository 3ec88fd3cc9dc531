import { chromium, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { v7 as uuid } from 'uuid'
import { DEMO_PASSWORD } from '../demo/sign-in.ts'
import { scaledDemo } from '../demo/scaled-demo.ts'
import { browserHost, provideBuilt, screens } from '../launch/built.ts'
import { provideChromium } from '../launch/chromium.ts'
import { demoSite } from '../launch/demo-database.ts'
import { loadDemo } from '../launch/load-demo.ts'
import { bulkLoadTable } from '../server/db/bulk-load.ts'
import { insertPending } from '../server/feed/pending.ts'
import { openDatabase, type OpenDatabase } from '../server/open-database.ts'
import { barePaint } from './bare-paint.ts'
import { prepareDesk } from './desk/prepare-desk.ts'
import { figure, percentiles, type Figure } from './figure.ts'
import { paintedAtLeast, paintedSoFar, watchPops } from './painted.ts'
import { openRaw, PHONE_AT, sample } from './raw.ts'
import { scaleFile, type ScaleFile } from './scale-file.ts'

const CALLS = 120
/**
 * A workstation rests this long first: an agent who begins the day looks at the screen before they set themselves
 * ready.
 */
const SETTLES_MS = 6000
/** About the size in bytes of a screen pop with 220 rows. */
const POP_BYTES = 90_000
const PORT = 4690
const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Goes from the telephone system's event in the server to the painted record in Chromium. All parts are real processes,
 * and the workstation's cache is at scale: once idle, and once while a catch-up of thousands of changes a second is
 * applied.
 */
export async function pop(benchFolder: string, customers: number): Promise<Figure[]> {
  const file = await scaleFile(benchFolder, customers)
  const folder = mkdtempSync(join(benchFolder, 'pop-'))
  // Where this user is root, PostgreSQL runs as another user and has to reach its files.
  chmodSync(folder, 0o755)
  const children: ChildProcess[] = []
  const database = await openDatabase({ dataFolder: join(folder, 'server'), site: demoSite })
  const browser = await chromium.launch({
    executablePath: provideChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  })
  try {
    await prepareCenter(database, file)
    children.push(
      start('server/index.ts', [], {
        DATABASE_URL: database.connectionString,
        RINGSIDE_DATA: join(folder, 'server'),
        PORT: String(PORT),
      }),
    )
    await answering()
    await prepareDesk(join(folder, 'desk'), file, await headOf(database))
    await provideBuilt(screens)
    const host = start(
      browserHost,
      ['--server', `http://127.0.0.1:${PORT}`, '--data', join(folder, 'desk'), '--sign-in', 'wang'],
      { RINGSIDE_PASSWORD: DEMO_PASSWORD },
    )
    children.push(host)
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await watchPops(page)
    await page.goto(await addressOf(host))
    await pause(SETTLES_MS)
    await page.keyboard.press('Alt+r')
    const idle = await takeCalls(page, CALLS)
    const traffic = catchUp(database)
    const busy = await takeCalls(page, CALLS)
    const changes = await traffic.stop()
    const floor = percentiles(await barePaint(browser, POP_BYTES, CALLS))
    console.log(`pop.catchup: ${changes.total} changes in ${changes.seconds.toFixed(0)} s were applied meanwhile`)
    return [
      figure('pop.idle', 'ms', percentiles(idle), floor, 'p99', 'p99 ≤ 100 ms'),
      figure(
        'pop.catchup',
        'ms',
        percentiles(busy),
        floor,
        'p99',
        `p99 ≤ ${(percentiles(idle).p99 * 1.5).toFixed(0)} ms (1.5 × idle)`,
      ),
    ]
  } finally {
    await browser.close()
    for (const child of children.toReversed()) {
      child.kill('SIGTERM')
      await new Promise((resolve) => {
        child.once('exit', resolve)
      })
    }
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function start(script: string, args: readonly string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [resolve(root, script), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

/**
 * Fills the database with users who can sign in, and plans callers from the file: every other one has a long history.
 */
async function prepareCenter(database: OpenDatabase, file: ScaleFile): Promise<void> {
  const demo = scaledDemo('bench', 20, Date.now())
  await loadDemo({ pool: database.pool, demo, origin: 'bench', calls: [], onProgress: () => undefined })
  const raw = openRaw(file)
  const any = sample(raw, PHONE_AT, CALLS + 20)
  const phone = raw.prepare(
    'SELECT "e164" AS v FROM "contactPoint" WHERE "customerId" = ? AND "e164" IS NOT NULL LIMIT 1',
  )
  const long = file.longest.map((id) => (phone.get(id) as { v: string } | undefined)?.v).filter((v) => v !== undefined)
  raw.close()
  const numbers = any.flatMap((number, i) => [long[i % long.length]!, number])
  await bulkLoadTable(
    database.pool,
    'call_plan',
    ['position', 'call'],
    numbers.map((raw, position) => [
      position,
      {
        afterMs: 1200,
        from: { kind: 'number', raw, name: null },
        line: null,
        queue: 'support',
        patienceMs: 60_000,
        serviceMs: null,
        collected: null,
        name: 'bench',
      },
    ]),
  )
  await database.pool.query(`update site set epoch = 'bench'`)
}

const headOf = async (database: OpenDatabase): Promise<number> =>
  (
    await database.pool.query<{ head: number }>(
      'select greatest((select floor from site), coalesce((select max(seq) from feed_log), 0)) as head',
    )
  ).rows[0]!.head

async function answering(): Promise<void> {
  for (let i = 0; i < 400; i++, await pause(50))
    if (
      await fetch(`http://127.0.0.1:${PORT}/api/health`).then(
        (r) => r.ok,
        () => false,
      )
    )
      return
  throw new Error('The server does not answer.')
}

const addressOf = (host: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    host.stdout!.on('data', (chunk: Buffer) => {
      const address = /open at (http:\/\/\S+)/.exec(chunk.toString())?.[1]
      if (address) resolve(address)
    })
    host.once('exit', () => reject(new Error('The workstation has ended.')))
  })

/**
 * Takes `count` calls as an agent would; each rings 1.2 s after the one before was wrapped up. Returns the latency of
 * every screen pop.
 */
async function takeCalls(page: Page, count: number): Promise<number[]> {
  const before = (await paintedSoFar(page)).length
  for (let painted = before + 1; painted <= before + count; painted += 1) {
    await paintedAtLeast(page, painted)
    await page
      .getByRole('button', { name: /Answer/ })
      .first()
      .waitFor({ timeout: 20_000 })
    await page.keyboard.press('F4')
    if (await page.getByText('Who is calling?').isVisible()) {
      await page.keyboard.press('Alt+w')
      await page.keyboard.press('1')
    }
    await page.keyboard.press('F2')
    await page.getByText('Talking').first().waitFor()
    await page.keyboard.press('F9')
    await page.getByText('Ended').first().waitFor()
    await wrapUp(page)
  }
  const painted = (await paintedSoFar(page)).slice(before)
  const onTheWay = percentiles(painted.map(({ offeredAt, arrivedAt }) => arrivedAt - offeredAt))
  console.log(
    `pop: of this, ${onTheWay.p50.toFixed(0)} ms (p99 ${onTheWay.p99.toFixed(0)} ms) from the event to the window, the rest is painting`,
  )
  return painted.map(({ offeredAt, paintedAt }) => paintedAt - offeredAt)
}

/** Longer than the time within which two presses count as one. */
const READ_MS = 600

/** Wraps up a call in which nothing was written or chosen: Ringside asks before it goes on. */
async function wrapUp(page: Page): Promise<void> {
  const ended = page.getByText('Ended').first()
  for (let presses = 0; presses < 5 && (await ended.isVisible()); presses += 1) {
    await page.keyboard.press('Control+Enter')
    await page.waitForTimeout(READ_MS)
  }
  await ended.waitFor({ state: 'detached' })
}

/** Writes changes of tasks until it is stopped, as after a week away: 1,500 in a transaction, ten times a second. */
function catchUp(database: OpenDatabase): { stop(): Promise<{ total: number; seconds: number }> } {
  const stopping = new AbortController()
  let total = 0
  const started = performance.now()
  const work = (async () => {
    while (!stopping.signal.aborted) {
      const at = Date.now()
      const row = () => {
        const id = uuid()
        return {
          entity: 'task' as const,
          id,
          version: 1,
          scope: 'org',
          leftScope: null,
          row: {
            id,
            customerId: null,
            kind: 'callback',
            title: 'changed while away',
            detail: '',
            dueAt: at + 9e8,
            status: 'done',
            ownerUserId: null,
            createdBy: null,
            createdAt: at,
            doneAt: at,
            sourceId: null,
            version: 1,
            scope: 'org',
          } as never,
        }
      }
      await insertPending(database.pool, Array.from({ length: 1500 }, row))
      total += 1500
      await pause(100)
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await work
      return { total, seconds: (performance.now() - started) / 1000 }
    },
  }
}

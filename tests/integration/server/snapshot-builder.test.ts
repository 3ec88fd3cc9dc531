import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCenterProcess } from '../../support/center-process.ts'
import { addUser } from '../../support/people.ts'
import { manifestFor } from '../../support/snapshot-requests.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { startTestServer } from '../../support/test-server.ts'
import { there } from '../../support/there.ts'
import { until } from '../../support/until.ts'
import { signInAs } from '../../support/workstation-client.ts'

const MOMENTS = 8
const BETWEEN_MS = 25

const folder = mkdtempSync(join(tmpdir(), 'ringside-builder-'))
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** The ids of the processes that build a snapshot in this folder. */
function builders(dataFolder: string): readonly number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  return lines
    .filter((line) => line.includes('snapshot-builder.ts') && line.includes(dataFolder))
    .map((line) => Number.parseInt(line, 10))
}

/** Locks the customers during the work, so that no snapshot can be finished. */
async function whileRowsAreHeld<T>(work: () => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    await client.query('lock table customer in access exclusive mode')
    return await work()
  } finally {
    await client.query('rollback')
    client.release()
  }
}

test('a node that is told to end shuts down normally, at whatever moment of building a snapshot', async () => {
  const codes: (number | null)[] = []
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    const center = await startCenterProcess({
      dataFolder: join(folder, String(moment)),
      databaseUrl: database.connectionString,
    })
    await pause(moment * BETWEEN_MS)
    codes.push(await center.end('SIGTERM'))
  }
  expect(codes).toEqual(Array.from({ length: MOMENTS }, () => 0))
})

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'a process that builds a snapshot for long ends with its node, even by %s',
  async (signal) => {
    const dataFolder = join(folder, signal)
    await whileRowsAreHeld(async () => {
      const center = await startCenterProcess({ dataFolder, databaseUrl: database.connectionString })
      await until(() => builders(dataFolder).length === 1, 'a builder')
      expect(await center.end(signal)).toBe(signal === 'SIGTERM' ? 0 : null)
      await until(() => builders(dataFolder).length === 0, 'its end')
    })
  },
)

test('a builder that is killed is reported, and another one makes the snapshot', async () => {
  await addUser(database.pool, 'ana')
  const server = await whileRowsAreHeld(async () => {
    const started = await startTestServer({ dataFolder: join(folder, 'killed') }, database)
    const [builder] = await until(
      () => (builders(join(folder, 'killed')).length > 0 ? builders(join(folder, 'killed')) : null),
      'a builder',
    )
    process.kill(there(builder, 'no builder'), 'SIGKILL')
    await until(
      () => started.logged.some((line) => line.includes('snapshot failed') && line.includes('SIGKILL')),
      'a line that says so',
    )
    return started
  })
  expect(await manifestFor(server.url, await signInAs(server.url, 'ana'))).toMatchObject({ scopes: ['org'] })
  await server.stop()
})

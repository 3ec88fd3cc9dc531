import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertRow } from '../../../server/db/rows.ts'
import { startCenterProcess, type CenterProcess } from '../../support/center-process.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser } from '../../support/people.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import {
  connectWorkstation,
  envelopeOf,
  signInAs,
  type SignedIn,
  type WorkstationClient,
} from '../../support/workstation-client.ts'

const NODES = 3
const EACH = 60
const customer = entityExamples.customer()
const folder = mkdtempSync(join(tmpdir(), 'ringside-nodes-'))
let database: TestDatabase
const nodes: CenterProcess[] = []

const startNode = (n: number) =>
  startCenterProcess({ dataFolder: join(folder, String(n)), databaseUrl: database.connectionString })

beforeAll(async () => {
  database = await createTestDatabase()
  await insertRow(database.pool, 'customer', customer)
  for (let n = 0; n < NODES; n += 1) await addUser(database.pool, `user${n}`)
  nodes.push(...(await Promise.all(Array.from({ length: NODES }, (_, n) => startNode(n)))))
}, 60_000)
afterAll(async () => {
  for (const node of nodes) await node.end('SIGTERM')
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** Sends a journal's commands in order to any node that runs, and sends each one again until it is answered. */
async function work(n: number, who: SignedIn): Promise<void> {
  const incarnation = crypto.randomUUID()
  let desk: WorkstationClient | null = null
  for (let seq = 1; seq <= EACH; seq += 1) {
    const envelope = envelopeOf(seq, who, 'preference.set', {
      preferenceId: crypto.randomUUID(),
      customerId: customer.id,
      key: `${n}-${seq}`,
      value: 'v',
      source: 'said',
    })
    for (let tries = 0; ; tries += 1) {
      try {
        desk ??= await connectWorkstation(nodes[(n + tries) % NODES]!.url, who)
        const answer = (await desk.socket
          .timeout(2000)
          .emitWithAck('commands', { incarnation, commands: [envelope] })) as {
          ok: boolean
          value: { outcomes: { outcome: { kind: string } }[] }
        }
        if (answer.ok && answer.value.outcomes[0]?.outcome.kind === 'applied') break
      } catch {
        desk?.close()
        desk = null
      }
      if (tries > 200) throw new Error('no node took it')
      await new Promise((resolve) => {
        setTimeout(resolve, 20)
      })
    }
  }
  desk?.close()
}

it(
  'three nodes on one database, each killed with -9 while it takes commands and numbers changes: every command once, one feed without gaps',
  { timeout: 90_000 },
  async () => {
    const people = await Promise.all(Array.from({ length: NODES }, (_, n) => signInAs(nodes[n]!.url, `user${n}`)))
    let killed = 0
    const working = Promise.all(people.map((who, n) => work(n, who)))
    const killing = (async () => {
      for (const n of [0, 1, 2, 0, 1]) {
        await new Promise((resolve) => {
          setTimeout(resolve, 350)
        })
        await nodes[n]!.end('SIGKILL')
        killed += 1
        nodes[n] = await startNode(n)
      }
    })()
    await Promise.all([working, killing])
    expect(killed).toBe(5)

    // If a node was killed while it numbered changes, another node continues.
    const pending = async () =>
      (await database.pool.query<{ n: number }>('select count(*)::int as n from feed_pending')).rows[0]!.n
    for (let waitedMs = 0; waitedMs < 10_000 && (await pending()) > 0; waitedMs += 50)
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
    const {
      rows: [counts],
    } = await database.pool.query<{
      preferences: number
      results: number
      pending: number
      gaps: number
      lines: number
    }>(`
    select (select count(*) from preference)::int as preferences, (select count(*) from command_result)::int as results, (select count(*) from feed_pending)::int as pending,
      (select max(seq) - min(seq) + 1 - count(*) from feed_log)::int as gaps, (select count(*) from feed_log where entity = 'preference')::int as lines`)
    expect(counts).toEqual({
      preferences: NODES * EACH,
      results: NODES * EACH,
      pending: 0,
      gaps: 0,
      lines: NODES * EACH,
    })
  },
)

import { getTableName } from '../../server/db/schema/drizzle.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { commands, type CommandName } from '../../protocol/commands.ts'
import { resultOf } from '../../protocol/errors.ts'
import { CommandReply, requests, type RequestName } from '../../protocol/wire.ts'
import { entityTables } from '../../server/db/tables.ts'
import { bulkLoad, finishBulkLoad } from '../../server/db/bulk-load.ts'
import { fitting, nearly } from '../support/arbitrary-of.ts'
import { entityExamples } from '../support/entity-examples.ts'
import { addUser } from '../support/people.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { connectWorkstation, envelopeOf, signInAs, type SignedIn } from '../support/workstation-client.ts'

const SEED = 20_261_126
const TRIES = 120
const Answer = resultOf(z.unknown())

let server: TestServer
let who: SignedIn
beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'ana', { extension: '201' })
  await bulkLoad(server.database.pool, 'customer', [entityExamples.customer()])
  await finishBulkLoad(server.database.pool)
  who = await signInAs(server.url, 'ana')
})
afterAll(() => server.remove())

/** The number of rows in each table that commands write, and of changes that were left for the feed. */
async function rowsNow(): Promise<string> {
  const tables = [...Object.values(entityTables).map(getTableName), 'command_result', 'interaction_revision']
  const {
    rows: [counts],
  } = await server.database.pool.query(
    `select ${tables.map((name) => `(select count(*) from "${name}") as "${name}"`).join(', ')}, (select count(*) from feed_log) + (select count(*) from feed_pending) as changes`,
  )
  return JSON.stringify(counts)
}

/**
 * Sends requests over a new connection after every few of them, because the server disconnects a workstation after a
 * certain amount of nonsense.
 */
async function askAnew(name: RequestName, args: readonly unknown[]): Promise<z.infer<typeof Answer>[]> {
  const answers: z.infer<typeof Answer>[] = []
  for (let start = 0; start < args.length; start += 40) {
    const desk = await connectWorkstation(server.url, who)
    for (const one of args.slice(start, start + 40)) answers.push(Answer.parse(await desk.ask(name, one as never)))
    desk.close()
  }
  return answers
}

describe.each(Object.keys(requests) as RequestName[])('%s', (name) => {
  const { args, reply } = requests[name]
  const wellFormed = (value: unknown) =>
    (args as z.ZodType).safeParse(JSON.parse(JSON.stringify(value) ?? 'null')).success

  test(`with arguments that nearly fit is refused with a code and changes nothing [seed ${SEED}]`, async () => {
    const tries = fc.sample(nearly(args), { seed: SEED, numRuns: TRIES }).filter((value) => !wellFormed(value))
    const before = await rowsNow()
    for (const answer of await askAnew(name, tries)) {
      expect(answer.ok ? 'answered' : answer.error.code).toMatch(/^(BAD_ARGUMENT|TOO_LARGE)$/)
    }
    expect(tries.length).toBeGreaterThan(TRIES / 4)
    expect(await rowsNow()).toBe(before)
  })

  test(`with any arguments that fit is answered as its contract says [seed ${SEED}]`, async () => {
    const tries = fc.sample(fitting(args), { seed: SEED, numRuns: TRIES }).filter(wellFormed)
    for (const answer of await askAnew(name, tries)) {
      expect((reply as z.ZodType).safeParse(answer).success).toBe(true)
      expect(answer.ok ? 'answered' : answer.error.code).not.toBe('INTERNAL')
    }
  })
})

test(`commands with any arguments have one effect or are stored as refused, and none is lost [seed ${SEED}]`, async () => {
  const desk = await connectWorkstation(server.url, who)
  const incarnation = crypto.randomUUID()
  let seq = 0
  for (const name of Object.keys(commands) as CommandName[]) {
    const all = [
      ...fc.sample(fitting(commands[name].args), { seed: SEED, numRuns: 10 }),
      ...fc.sample(nearly(commands[name].args), { seed: SEED, numRuns: 10 }),
    ]
    for (const args of all.map((one) => JSON.parse(JSON.stringify(one) ?? 'null') as unknown)) {
      seq += 1
      const before = await rowsNow()
      const answer = await desk.ask('commands', { incarnation, commands: [envelopeOf(seq, who, name, args as object)] })
      const { outcomes } = CommandReply.parse(answer.ok ? answer.value : null)
      const [outcome] = outcomes.map((one) => one.outcome)
      expect([name, outcome?.kind]).not.toEqual([name, 'retryLater'])
      expect(outcome && 'error' in outcome ? outcome.error.code : 'done').not.toBe('INTERNAL')
      const isKept = outcome?.kind === 'refused' || outcome?.kind === 'parked'
      expect([name, args, isKept || commands[name].args.safeParse(args).success]).toEqual([name, args, true])
      // A refused command leaves its own record and nothing else.
      const after = isKept ? await rowsNow() : before
      expect({ ...(JSON.parse(after) as object), command_result: 0 }).toEqual({
        ...(JSON.parse(before) as object),
        command_result: 0,
      })
    }
  }
  desk.close()
  const {
    rows: [kept],
  } = await server.database.pool.query<{ n: string }>(
    'select count(*) as n from command_result where incarnation = $1',
    [incarnation],
  )
  expect(Number(kept!.n)).toBe(seq)
})

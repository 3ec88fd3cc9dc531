import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock, type Clock } from '../../../main/clock.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { commandsOfCenter, commandsOfDesks, rowsOfCenter, rowsOfDesk } from '../../support/at-rest.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const A_DAY = 86_400_000
const person = (displayName: string) => ({
  ...entityExamples.customer(),
  organisationId: null,
  ownerUserId: null,
  displayName,
})
const customer = person('Wang Fang')
const other = person('Li Wei')

let server: TestServer
let desk: TestWorkstation
let colleague: TestWorkstation

/** How far this machine's clock is off. Durations are not affected, as on a real machine. */
let offMs = 0
const clock: Clock = { ...systemClock, now: () => systemClock.now() + offMs }
const offClock = { clock, newId: () => uuidv7({ msecs: clock.now() }) }

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  for (const login of ['anna', 'ben']) await addUser(pool, login)
  await bulkLoad(pool, 'customer', [customer, other])
  await finishBulkLoad(pool)
  desk = await startTestWorkstation(server.url, offClock)
  colleague = await startTestWorkstation(server.url)
  for (const [each, login] of [
    [desk, 'anna'],
    [colleague, 'ben'],
  ] as const) {
    await each.act('session.signIn', { login, password: PASSWORD })
    await each.seen('customer.record', { customerId: customer.id }, (record) => record !== null)
  }
})
afterAll(async () => {
  await desk?.remove()
  await colleague?.remove()
  await server?.remove()
})

async function draftFor({ id }: { id: typeof customer.id }, note: string): Promise<string> {
  const opened = await desk.act('draft.open', { customerId: id })
  if (!opened.ok) throw new Error(opened.error.code)
  expect(
    (await desk.act('draft.save', { key: opened.value.key, content: { ...emptyDraft, note, outcome: 'answered' } })).ok,
  ).toBe(true)
  return opened.value.key
}
async function contact(note: string): Promise<void> {
  expect((await desk.act('desk.wrapUp', { key: await draftFor(customer, note) })).ok).toBe(true)
  // Two contacts of the same millisecond have no order.
  await new Promise((resolve) => {
    setTimeout(resolve, 5)
  })
}

const notes = [
  'with the right clock',
  'a day ago by the clock',
  'a year ahead by the clock',
  'right again',
  'alone, two years ahead',
  'alone, ten years ago',
  'the last',
]

it(
  'a clock that is set back a day, forward a year, and is wrong over a restart without the server, changes no order: neither in the journal, nor of drafts, nor in the timeline',
  { timeout: 90_000 },
  async () => {
    await contact(notes[0]!)
    await draftFor(customer, 'typed before')
    offMs = -A_DAY
    // The draft that was written last comes first, whatever the clock said.
    await draftFor(other, 'typed after')
    const drafts = await desk.seen('drafts.open', {}, (open) => open.length === 2)
    expect(drafts.map(({ draft }) => draft.content.note)).toEqual(['typed after', 'typed before'])
    await contact(notes[1]!)
    offMs = 365 * A_DAY
    await contact(notes[2]!)
    offMs = 0
    await contact(notes[3]!)

    const { folder } = desk
    for (const [off, note] of [
      [730 * A_DAY, notes[4]!],
      [-3650 * A_DAY, notes[5]!],
    ] as const) {
      await desk.stop()
      offMs = off
      desk = await startTestWorkstation('http://127.0.0.1:9', { ...offClock, folder })
      expect((await desk.seen('drafts.open', {}, () => true)).map(({ draft }) => draft.content.note)).toEqual([
        'typed after',
      ])
      await contact(note)
    }
    await desk.stop()
    desk = await startTestWorkstation(server.url, { ...offClock, folder })
    await desk.seen('sync.state', {}, (state) => state.unsent === 0 && state.needsAttention === 0)
    await contact(notes[6]!)

    for (const each of [colleague, desk]) {
      const record = await each.seen(
        'customer.record',
        { customerId: customer.id },
        (found) => (found?.timeline.entries.length ?? 0) === notes.length && found?.unconfirmed.length === 0,
      )
      expect(record?.timeline.entries.map(({ row }) => 'note' in row && row.note)).toEqual(notes.toReversed())
      for (const { at } of record?.timeline.entries ?? []) expect(Math.abs(at - Date.now())).toBeLessThan(A_DAY / 24)
    }
    await desk.seen('sync.state', {}, (state) => state.unsent === 0 && state.needsAttention === 0 && state.behind === 0)
    const { pool } = server.database
    const { rows: taken } = await pool.query<{ note: string }>(
      `select args ->> 'note' as note from command_result order by incarnation, seq`,
    )
    expect(taken.map(({ note }) => note)).toEqual(notes)
    for (const each of [desk, colleague]) await each.stop()
    expect(await commandsOfCenter(pool)).toBe(commandsOfDesks([folder]))
    const center = await rowsOfCenter(pool, ['org'])
    for (const each of [desk, colleague]) expect(rowsOfDesk(each.folder)).toEqual({ rows: center, open: 0 })
  },
)

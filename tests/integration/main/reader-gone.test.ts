import { closeSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtThreads } from '../../../launch/built.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD } from '../../support/people.ts'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

const wang = { ...entityExamples.customer(), organisationId: null, ownerUserId: null }
const phone = { ...entityExamples.contactPoint(), customerId: wang.id }
const aCall = { ok: true, value: { kind: 'call', number: '138 0013 8000' } } as const

let server: TestServer
let desk: TestWorkstation

beforeAll(async () => {
  server = await startTestServer()
  await addUser(server.database.pool, 'anna', { extension: '201' })
  // Enough customers that the cache is larger than what happens to be in memory.
  await bulkLoad(server.database.pool, 'customer', [
    wang,
    ...Array.from({ length: 3000 }, (_, n) => ({
      ...entityExamples.customer(),
      number: `N-${n}`,
      organisationId: null,
      ownerUserId: null,
    })),
  ])
  await bulkLoad(server.database.pool, 'contactPoint', [phone])
  await finishBulkLoad(server.database.pool)
  desk = await startTestWorkstation(server.url, {
    workerEntries: { writer: builtThreads.writer, reader: new URL('../../support/dying-reader.ts', import.meta.url) },
  })
  await desk.act('session.signIn', { login: 'anna', password: PASSWORD })
  await desk.seen('customer.record', { customerId: wang.id }, (found) => found !== null)
})

afterAll(async () => {
  await desk?.remove()
  await server?.remove()
})

describe('a call that comes while its record cannot be read', () => {
  it('because the reader thread dies of it, pops without its record, and gets it as soon as the thread works again', async () => {
    const unwell = join(desk.folder, 'unwell')
    writeFileSync(unwell, '')
    await desk.core.takeLink(aCall)
    const pop = await desk.event('pop', () => true)
    expect(pop).toMatchObject({
      desk: { match: { kind: 'none' }, number: { display: '138 0013 8000' }, unread: { code: 'RECORD_UNREADABLE' } },
      record: null,
    })
    await desk.act('draft.save', {
      key: pop.desk.draft.key,
      content: { ...pop.desk.draft.content, note: 'typed meanwhile' },
    })
    rmSync(unwell)
    const read = await desk.event('pop', (shown) => shown.record !== null)
    expect(read.desk).toMatchObject({ customerId: wang.id, draft: { content: { note: 'typed meanwhile' } } })
    expect(read.desk.unread).toBeUndefined()
  })

  it('because the cache is damaged, pops without its record, and gets it when the server has sent another cache', async () => {
    const [cache] = readdirSync(desk.folder).filter((name) => /^cache-.*\.db$/.test(name))
    scribble(join(desk.folder, cache!))
    // Ending the thread also removes the parts of the file that it holds in memory.
    const unwell = join(desk.folder, 'unwell')
    writeFileSync(unwell, '')
    desk.events.length = 0
    await desk.core.takeLink(aCall)
    expect(await desk.event('pop', () => true)).toMatchObject({
      desk: { unread: { code: 'RECORD_UNREADABLE' } },
      record: null,
    })
    rmSync(unwell)
    const read = await desk.event('pop', (shown) => shown.record !== null)
    expect(read.desk.customerId).toBe(wang.id)
    expect(desk.logged.filter((line) => line.includes('cache set up')).length).toBe(2)
  })
})

/** Writes noise over the second half, where the indexes lie: the file can still be opened as if it were undamaged. */
function scribble(path: string): void {
  const from = Math.floor(statSync(path).size / 8192) * 4096
  const file = openSync(path, 'r+')
  const noise = Buffer.alloc(statSync(path).size - from, 0x5a)
  writeSync(file, noise, 0, noise.length, from)
  closeSync(file)
}

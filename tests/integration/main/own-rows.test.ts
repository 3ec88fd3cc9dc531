import { afterAll, beforeAll, describe, it } from 'vitest'
import { startTestServer, type TestServer } from '../../support/test-server.ts'
import type { UserId } from '../../../protocol/scalars.ts'
import { putUser } from '../../../server/auth/users.ts'
import { bulkLoad, finishBulkLoad } from '../../../server/db/bulk-load.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { addUser, PASSWORD, passwordHash } from '../../support/people.ts'
import { startTestWorkstation, type TestWorkstation } from '../../support/test-workstation.ts'

let server: TestServer
let desk: TestWorkstation
let ben: Awaited<ReturnType<typeof addUser>>
const task = (title: string, scope: string, ownerUserId: UserId | null = null) => ({
  ...entityExamples.task(),
  customerId: null,
  title,
  status: 'open' as const,
  doneAt: null,
  ownerUserId,
  scope,
})

beforeAll(async () => {
  server = await startTestServer()
  const { pool } = server.database
  const anna = await addUser(pool, 'anna', { extension: '201', team: 'one' })
  ben = await addUser(pool, 'ben', { extension: '202', team: 'two' })
  // These rows are older than any snapshot and in none, because snapshots are made for many users.
  await bulkLoad(pool, 'task', [
    task('for all', 'org'),
    task('for Anna', `user:${anna.id}`),
    task('for Ben', `user:${ben.id}`),
    task('for team one', 'team:one'),
    task('for team two', 'team:two'),
    task('for chiefs', 'finance'),
  ])
  await finishBulkLoad(pool)
  desk = await startTestWorkstation(server.url)
})

afterAll(async () => {
  await desk?.remove()
  await server?.remove()
})

const titles = (expected: readonly string[]) =>
  desk.seen(
    'tasks.open',
    {},
    (items) =>
      items
        .map(({ task: { title } }) => title)
        .toSorted()
        .join() === expected.join(),
  )

describe('rows of a team and of a person', () => {
  it('are there after the first snapshot, and no other user’s are', async () => {
    await desk.act('session.signIn', { login: 'anna', password: PASSWORD })
    await titles(['for Anna', 'for all', 'for team one'])
  })

  it('are removed with their user, and the next user gets their own', async () => {
    await desk.act('session.signOut', {})
    await desk.act('session.signIn', { login: 'ben', password: PASSWORD })
    await titles(['for Ben', 'for all', 'for team two'])
  })

  it('follow a user into another team while they work', async () => {
    await putUser(server.database.pool, { ...ben, team: 'one' }, passwordHash)
    await titles(['for Ben', 'for all', 'for team one'])
  })
})

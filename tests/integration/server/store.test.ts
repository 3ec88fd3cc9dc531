import { afterAll, beforeAll, describe } from 'vitest'
import { registerDevice } from '../../../server/auth/devices.ts'
import { openSession } from '../../../server/auth/sessions.ts'
import { postgresCommandStore } from '../../../server/commands/postgres-command-store.ts'
import { eraseCustomer } from '../../../server/erasure/erase-customer.ts'
import { postgresFeedStore } from '../../../server/feed/postgres-feed-store.ts'
import { addUser } from '../../support/people.ts'
import { describeStore } from '../../support/store-contract.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'

describe('PostgreSQL as commands and feed see it', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  describeStore(async () => {
    const { pool, connectionString } = database
    const user = await addUser(pool, `user-${crypto.randomUUID()}`)
    const deviceId = crypto.randomUUID()
    await registerDevice(pool, { deviceId, deviceToken: null, label: 'test' }, user, 1)
    const session = await openSession(pool, user.id, deviceId, 1)
    return {
      commands: postgresCommandStore(pool),
      feed: postgresFeedStore(pool, connectionString, () => undefined),
      deviceId,
      userId: user.id,
      session: { sessionId: session.id, sealKey: session.sealKey },
      erase: (customerId) => eraseCustomer(pool, { customerId, reason: 'r', by: null, now: 1 }),
    }
  })
})

import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe } from 'vitest'
import { describeStore } from '../support/store-contract.ts'
import { eraseCustomer } from './erasures.ts'
import { createModelDatabase } from './model-database.ts'
import { createWorld, type Process } from './world.ts'

/** A process in real time, because this test needs no simulated world. */
const inRealTime: Process = {
  name: 'test',
  isAlive: () => true,
  step: () => nextTurn(),
  now: () => Date.now(),
  elapsed: () => performance.now(),
  onDeath: () => undefined,
  kill: () => undefined,
  dieIn: () => undefined,
  after: (ms, work) => {
    const timer = setTimeout(work, ms)
    return () => {
      clearTimeout(timer)
    }
  },
}

describe('the model of PostgreSQL', () => {
  const world = createWorld(1)
  const database = createModelDatabase(world)
  describeStore(async () => {
    const [deviceId, userId] = [crypto.randomUUID(), crypto.randomUUID()]
    const session = { sessionId: crypto.randomUUID(), sealKey: Buffer.alloc(32, 3).toString('base64url') }
    database.committed().sessions.set(session.sessionId, {
      userId,
      deviceId,
      expiresAt: 9e15,
      endedAt: null,
      createdAt: 0,
      sealKey: session.sealKey,
    })
    return {
      commands: database.commandStore(inRealTime),
      feed: database.feedStore(inRealTime),
      deviceId,
      userId,
      session,
      erase: (customerId) => eraseCustomer(world, inRealTime, database, customerId),
    }
  })
})

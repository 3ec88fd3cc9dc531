import { agentsOfCall } from '../calls/agents-of-call.ts'
import type { Client, Pool } from '../db/connect.ts'
import { insertRow, readRow, readRowsOfCustomer, updateRow } from '../db/rows.ts'
import { inTransaction } from '../db/transaction.ts'
import { erasedAmong, holdCustomers } from '../erasure/erased-ids.ts'
import { insertPending } from '../feed/pending.ts'
import { replaceResult, storedResult, storeResult } from './command-results.ts'
import type { CommandStore, CommandTransaction } from './command-store.ts'
import { lockNextSeq, setNextSeq } from './journal-place.ts'
import { reserveNumbers } from './number-series.ts'
import { sealingSession } from './sealing-session.ts'
import { lastTold } from './told-prices.ts'

/** The store of record in PostgreSQL. */
export const postgresCommandStore = (pool: Pool): CommandStore => ({
  transaction: (work) => inTransaction(pool, (client) => work(onClient(client))),
})

const onClient = (client: Client): CommandTransaction => ({
  lockNextSeq: (journal, now) => lockNextSeq(client, journal.deviceId, journal.incarnation, now),
  setNextSeq: (journal, next, now) => setNextSeq(client, journal.deviceId, journal.incarnation, next, now),
  storedResult: (commandId) => storedResult(client, commandId),
  storeResult: (journal, envelope, outcome, receivedAt) => storeResult(client, journal, envelope, outcome, receivedAt),
  replaceResult: (journal, envelope, outcome, receivedAt) =>
    replaceResult(client, journal, envelope, outcome, receivedAt),
  erasedAmong: (ids) => erasedAmong(client, ids),
  holdCustomers: (ids) => holdCustomers(client, ids),
  sealingSession: (sessionId) => sealingSession(client, sessionId),
  agentsOfCall: (callId) => agentsOfCall(client, callId),
  row: (entity, id, lock) => readRow(client, entity, id, lock),
  rowsOfCustomer: (entity, customerId, lock) => readRowsOfCustomer(client, entity, customerId, lock),
  lastTold: (customerId, productId, scopes) => lastTold(client, customerId, productId, scopes),
  insert: (entity, row) => insertRow(client, entity, row),
  update: (entity, row) => updateRow(client, entity, row),
  reserveNumbers: (name, count) => reserveNumbers(client, name, count),
  leavePending: (changes) => insertPending(client, changes),
  undoneIfThrown: async (work) => {
    await client.query('savepoint command')
    try {
      return await work()
    } catch (error) {
      // If the connection broke, the whole transaction is lost already.
      await client.query('rollback to savepoint command').catch(() => undefined)
      throw error
    }
  },
})

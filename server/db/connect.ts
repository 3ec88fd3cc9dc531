import { Socket } from 'node:net'
import {
  Client as PgClient,
  Pool as PgPool,
  types as pgTypes,
  type ClientBase,
  type ClientConfig,
  type CustomTypesConfig,
  type PoolClient,
} from 'pg'

export type Pool = PgPool
export type Client = PoolClient
/** Anything that can run a statement. */
export type Queryable = Pick<ClientBase, 'query'>

const INT8 = 20
const DATE = 1082

/** Integers of 64 bits become numbers (all of ours are small enough to be exact), and calendar dates stay text. */
const types: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return Number
    if (oid === DATE) return (text: string) => text
    return pgTypes.getTypeParser(oid, format)
  },
}

/** The settings of every connection that the server makes. */
export const connectionSettings = (connectionString: string): ClientConfig => ({
  connectionString,
  types,
  application_name: 'ringside',
  // A transaction that nobody continues must not hold its locks for ever.
  options: '-c idle_in_transaction_session_timeout=60000',
})

/** The one pool of a node. `onError` is called when a connection breaks. */
export function createPool(connectionString: string, onError: (error: Error) => void): Pool {
  const pool = new PgPool({ ...connectionSettings(connectionString), max: 16 })
  pool.on('error', onError)
  // When a connection breaks between two statements of a transaction, only the client emits the error. Without a
  // listener that would end the process.
  pool.on('connect', (client) => {
    client.on('error', onError)
  })
  return pool
}

/** Opens a connection outside the pool, for listening and for locks that last. */
export async function connectAlone(connectionString: string, onError: (error: Error) => void): Promise<PgClient> {
  const client = new PgClient(connectionSettings(connectionString))
  client.on('error', onError)
  await client.connect()
  return client
}

/**
 * The same, for a caller who must learn at once that the other end is silent. `cut` closes the connection without a
 * goodbye, which would have to be waited for, and open queries fail. Rejects if it is not connected after `withinMs`.
 */
export async function connectToCut(
  connectionString: string,
  withinMs: number,
  onError: (error: Error) => void,
): Promise<{ client: PgClient; cut: () => void }> {
  const socket = new Socket()
  const client = new PgClient({
    ...connectionSettings(connectionString),
    stream: () => socket,
    connectionTimeoutMillis: withinMs,
  })
  client.on('error', onError)
  await client.connect()
  return {
    client,
    cut: () => {
      socket.destroy()
    },
  }
}

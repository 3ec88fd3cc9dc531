import { connectToCut } from '../db/connect.ts'
import { NodeMessages, type NodeMessage } from './node-message.ts'
import { createParcelReader, parcelsOf } from './parcels.ts'

/** A node's line to the other nodes: one connection to the database, on which it hears, speaks and holds its lock. */
export interface NodeLine {
  readonly nodeId: string
  /** Sends a message to every other node that is listening now. While the line is broken it is sent to nobody. */
  say(message: NodeMessage): void
  /** Runs a statement on this very connection. Rejects where the line is broken or the database is silent. */
  ask<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** The database's clock in milliseconds, as far as it is known: all nodes share this clock. */
  databaseNow(): number
  start(): Promise<void>
  /** Sends what is still waiting, then closes the line. */
  stop(): Promise<void>
}

export interface NodeLineOptions {
  readonly connectionString: string
  /** Called when the line is open, also after it was broken. Messages from the time between were not received. */
  readonly onOpened: () => void
  readonly onBroken: () => void
  readonly onHeard: (from: string, message: NodeMessage) => void
  /** Called every second in which the database answers. `askedAt` is a time of `performance.now()`. */
  readonly onBeat: (askedAt: number) => void
  readonly onError: (error: Error) => void
}

type Connection = Awaited<ReturnType<typeof connectToCut>>

const CHANNEL = 'ringside_calls'
const BEAT_MS = 1000
/**
 * A database that is silent for this long counts as gone. The node with the telephones still has time to connect again
 * (`telephone-lease.ts`).
 */
const SILENT_MS = 2000
const REOPEN_MS = 250
/**
 * Keepalives: the connection of a machine that lost its power holds its lock until the database notices, which takes
 * hours without these settings.
 */
const SETTINGS = `set application_name = 'ringside calls'; set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; listen ${CHANNEL}`
/** Messages are not stored, so their commit need not wait for a disk. */
const SAY = `select set_config('synchronous_commit', 'off', true), pg_notify('${CHANNEL}', parcel) from unnest($1::text[]) with ordinality as said(parcel, place) order by place`

export function createNodeLine({
  connectionString,
  onOpened,
  onBroken,
  onHeard,
  onBeat,
  onError,
}: NodeLineOptions): NodeLine {
  const nodeId = crypto.randomUUID()
  let current: Connection | null = null
  let stopped = false
  let waiting: NodeMessage[] = []
  let speaking: Promise<void> | null = null
  /** Our earlier connection. The database may take it for open longer than we do. */
  let before: { pid: number; started: string } | null = null
  let ahead = 0

  /** Statements run one after another. */
  let turn: Promise<unknown> = Promise.resolve()
  function askOn<Row>({ client, cut }: Connection, text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const answer = turn.then(async () => {
      const silent = setTimeout(cut, SILENT_MS)
      try {
        return (await client.query(text, [...values])).rows as Row[]
      } finally {
        clearTimeout(silent)
      }
    })
    turn = answer.catch(() => undefined)
    return answer
  }

  async function open(): Promise<void> {
    const made = await connectToCut(connectionString, SILENT_MS, (error) => {
      if (!stopped) onError(error)
    })
    try {
      made.client.once('end', () => {
        broken(made)
      })
      const readParcel = createParcelReader()
      made.client.on('notification', ({ payload }) => {
        hear(readParcel(payload ?? ''))
      })
      await askOn(made, SETTINGS)
      if (before)
        await askOn(
          made,
          'select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and backend_start = $2::timestamptz',
          [before.pid, before.started],
        )
      const [me] = await askOn<{ pid: number; started: string }>(
        made,
        'select pid, backend_start::text as started from pg_stat_activity where pid = pg_backend_pid()',
      )
      before = me ?? null
      await readClock(made)
    } catch (error) {
      made.cut()
      throw error
    }
    if (stopped) {
      made.cut()
      return
    }
    current = made
    onOpened()
    beatLater(made)
  }

  async function readClock(on: Connection): Promise<number> {
    const askedAt = performance.now()
    const [answer] = await askOn<{ now: number }>(
      on,
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
    )
    ahead = (answer?.now ?? 0) - (askedAt + performance.now()) / 2
    return askedAt
  }

  async function beat(on: Connection): Promise<void> {
    const askedAt = await readClock(on)
    if (current !== on) return
    onBeat(askedAt)
    beatLater(on)
  }
  const beatLater = (on: Connection) => {
    setTimeout(() => {
      if (current !== on) return
      // If the database does not answer, the connection is cut, and its `end` event handles that.
      beat(on).catch(() => undefined)
    }, BEAT_MS).unref()
  }

  function broken(connection: Connection): void {
    if (stopped || current !== connection) return
    current = null
    waiting = []
    onBroken()
    reopen()
  }
  const reopen = () => {
    if (stopped || current) return
    open().catch((error: Error) => {
      onError(error)
      setTimeout(reopen, REOPEN_MS).unref()
    })
  }

  function hear(text: string | null): void {
    const said = text === null ? null : readMessages(text)
    if (said === null || said.from === nodeId) return
    for (const message of said.messages) {
      if ('to' in message && message.to !== null && message.to !== nodeId) continue
      try {
        onHeard(said.from, message)
      } catch (error) {
        onError(error as Error)
      }
    }
  }

  function readMessages(text: string) {
    try {
      return NodeMessages.parse(JSON.parse(text))
    } catch {
      // A node of another version will send its state again when it runs ours. The message names people, so it is not
      // logged.
      onError(new Error('another node said what does not fit'))
      return null
    }
  }

  /** Messages that arrive while a statement runs are sent together after it. */
  async function speak(): Promise<void> {
    try {
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      for (let on = current; on && waiting.length > 0; on = current) {
        await askOn(on, SAY, [parcelsOf(JSON.stringify({ from: nodeId, messages: waiting.splice(0) }))])
      }
    } catch (error) {
      if (current) onError(error as Error)
    } finally {
      speaking = null
    }
  }

  return {
    nodeId,
    say: (message) => {
      if (!current) return
      waiting.push(message)
      speaking ??= speak()
    },
    ask: (text, values) =>
      current ? askOn(current, text, values) : Promise.reject(new Error('the line to the other nodes is broken')),
    databaseNow: () => performance.now() + ahead,
    start: open,
    stop: async () => {
      await speaking
      stopped = true
      if (!current) return
      const silent = setTimeout(current.cut, SILENT_MS)
      await current.client.end()
      clearTimeout(silent)
      current = null
    },
  }
}

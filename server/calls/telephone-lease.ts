import type { Queryable } from '../db/connect.ts'
import type { NodeLine } from './node-line.ts'

/** One node's time with the telephones. */
export interface Holding {
  readonly id: string
  /** Rises with every holding. */
  readonly term: number
}

/** Decides which node has the telephones, and never lets two have them at a time. */
export interface TelephoneLease {
  /** Whether this node can prove at this very moment that it has them. */
  isHeld(): boolean
  /** The line is open. */
  opened(): void
  /** The database answered a question on the line that was asked at this time. */
  beat(askedAt: number): void
  broken(): void
  /** Another node gave them back. */
  free(): void
  /** The start with the telephones failed. Another node may try before this one does again. */
  giveUp(): void
  /** Resolves when it is known whether this node has them or has to wait. */
  settled(): Promise<void>
  /** Gives them back in order, so that the next node need not wait. */
  release(): Promise<void>
}

export interface TelephoneLeaseOptions {
  readonly line: Pick<NodeLine, 'ask'>
  /** The node's machine and port. */
  readonly nodeName: () => string
  readonly onTaken: (holding: Holding) => void
  /** The line was broken for a moment, and no other node had them meanwhile. */
  readonly onResumed: () => void
  readonly onLost: () => void
  readonly onError: (error: Error) => void
}

/** The connection of the node that has the telephones holds this lock. */
const TELEPHONE_LOCK = 7_246_747
/** A node that has had no answer from the database for this long gives the telephones up. */
const HELD_FOR_MS = 6000
/** A node that gets the lock from a node that did not give them back waits for longer than `HELD_FOR_MS`. */
const TAKE_AFTER_MS = 7000
const REST_MS = 5000

/**
 * The holder of a lock on its connection has the telephones; a node that is killed loses the lock at once. The lock
 * alone does not keep two nodes apart: a node may notice late that its connection was cut, while another has the lock
 * already. So the holder must be able to prove it by an answer of the last seconds, and a node that takes over without
 * a give-back waits longer than that. In return, a connection that breaks for a moment costs nothing.
 */
export function createTelephoneLease({
  line,
  nodeName,
  onTaken,
  onResumed,
  onLost,
  onError,
}: TelephoneLeaseOptions): TelephoneLease {
  let hasLock = false
  let mine: Holding | null = null
  let provenAt = -Infinity
  /** Until when to wait for an earlier holder; null: there is none to wait for. */
  let waitUntil: number | null = null
  let notBefore = -Infinity
  let releasing = false
  let wasOpened = false
  /** Holdings of this node that are over. */
  const ended = new Set<string>()
  let stopExpiry = () => {}
  let stopWait = () => {}

  function prove(at: number): void {
    provenAt = at
    stopExpiry()
    stopExpiry = later(at + HELD_FOR_MS - performance.now(), () => {
      lose()
    })
  }

  function lose(): void {
    if (!mine) return
    ended.add(mine.id)
    mine = null
    stopExpiry()
    onLost()
  }

  const lastHolding = async (): Promise<string | null> =>
    (await line.ask<{ holding: string | null }>('select holding from telephone_lease'))[0]?.holding ?? null

  async function look(): Promise<void> {
    if (releasing || performance.now() < notBefore) return
    if (!hasLock) {
      const askedAt = performance.now()
      const [lock] = await line.ask<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [TELEPHONE_LOCK])
      if (!lock?.got) {
        if (mine && (await lastHolding()) !== mine.id) lose()
        return
      }
      hasLock = true
      // This must be a separate statement: the one before may have read the table before we had the lock.
      const last = await lastHolding()
      if (mine && last === mine.id) {
        prove(askedAt)
        onResumed()
        return
      }
      lose()
      waitUntil = last === null || ended.has(last) ? null : performance.now() + TAKE_AFTER_MS
      stopWait()
      // A timer may fire a little early.
      if (waitUntil !== null) stopWait = later(TAKE_AFTER_MS + 5, again)
    }
    if (mine) return
    if (waitUntil !== null && performance.now() < waitUntil && (await lastHolding()) !== null) return
    await take()
  }

  async function giveBack(): Promise<void> {
    if (!hasLock) return
    await line.ask('update telephone_lease set holding = null where holding = any($1::uuid[])', [[...ended]])
    hasLock = false
    await line.ask('select pg_advisory_unlock($1)', [TELEPHONE_LOCK])
  }

  async function take(): Promise<void> {
    const askedAt = performance.now()
    const id = crypto.randomUUID()
    // If no answer arrives, the row may be written all the same. It is then a holding of ours that never began.
    ended.add(id)
    const [taken] = await line.ask<{ term: number }>(
      `insert into telephone_lease as lease (term, holding, node, since) values (1, $1, $2, (extract(epoch from clock_timestamp()) * 1000)::bigint)
       on conflict ("only") do update set term = lease.term + 1, holding = excluded.holding, node = excluded.node, since = excluded.since returning term`,
      [id, nodeName()],
    )
    if (!taken || !hasLock || releasing) return
    ended.delete(id)
    mine = { id, term: taken.term }
    prove(askedAt)
    onTaken(mine)
  }

  let looking: Promise<void> | null = null
  /** Only one look runs at a time. If asked during one, it looks once more afterwards. */
  let onceMore = false
  function again(): void {
    if (looking) {
      onceMore = true
      return
    }
    looking = look()
      .catch((error: Error) => {
        if (hasLock) onError(error)
      })
      .finally(() => {
        looking = null
        if (onceMore) {
          onceMore = false
          again()
        }
      })
  }

  return {
    isHeld: () => mine !== null && performance.now() - provenAt < HELD_FOR_MS,
    opened: () => {
      // After a restart of the database the earlier holder looks first; the others look at their next beat.
      if (mine || !wasOpened) again()
      wasOpened = true
    },
    beat: (askedAt) => {
      if (mine && hasLock) prove(askedAt)
      else again()
    },
    broken: () => {
      hasLock = false
      stopWait()
    },
    free: again,
    giveUp: () => {
      if (mine) ended.add(mine.id)
      mine = null
      stopExpiry()
      notBefore = performance.now() + REST_MS
      giveBack().catch(onError)
    },
    settled: async () => {
      await looking
    },
    release: async () => {
      releasing = true
      stopExpiry()
      stopWait()
      await looking
      if (mine) ended.add(mine.id)
      mine = null
      await giveBack()
    },
  }
}

function later(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, Math.max(0, ms))
  timer.unref()
  return () => {
    clearTimeout(timer)
  }
}

/** Which node has the telephones and since when; null: none at this moment. */
export async function whoHasTelephones(db: Queryable): Promise<{ node: string; since: number } | null> {
  const { rows } = await db.query<{ node: string; since: number }>(
    `select node, since from telephone_lease where holding is not null and exists (select from pg_locks where locktype = 'advisory' and objid = $1
       and granted and database = (select oid from pg_database where datname = current_database()))`,
    [TELEPHONE_LOCK],
  )
  return rows[0] ?? null
}

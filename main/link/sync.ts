import type { Touched } from '../../db/apply/touched.ts'
import type { CachePlace } from '../../db/files/cache-file.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { Refusal } from '../../protocol/errors.ts'
import type { CommandOutcome, SentPage, Welcome } from '../../protocol/wire.ts'
import { MAX_BATCH_BYTES } from '../../protocol/wire.ts'
import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import { inBackground, type Log } from '../log.ts'
import { askedToWaitMs } from './backoff.ts'
import type { ServerLink } from './server-link.ts'

export interface SyncOptions {
  readonly link: ServerLink
  readonly writer: Remote<WriterCalls>
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  incarnation(): string
  /**
   * The server's time, as far as it is known here: this machine's clock may be years off, and may be corrected at any
   * moment.
   */
  serverNow(): number
  /** Called with the rows that changed. */
  onTouched(touched: readonly Touched[]): void
  /** Called when the unsent work, or how far the cache is behind, has changed. */
  onProgress(): void
  /** The feed cannot bring this cache up to date: a snapshot is due. */
  onSnapshotDue(): void
  /**
   * Another copy of this journal (a copied or restored disk) uses the same numbers: what is still to be sent gets new
   * numbers under a new name.
   */
  renumber(send: 'unsent' | 'everything'): Promise<Touched>
  /**
   * Seals again, under the present sign-in, commands of the signed-in user whose own sign-in the server does not know
   * (because it was restored from a backup).
   */
  sealAnew(): Promise<Touched>
}

export interface Sync {
  /** Call this at once when a welcome arrives, so that the end of the feed is known before any page that follows it. */
  welcomed(welcome: z.infer<typeof Welcome>): void
  /** Call this after every welcome: it sends commands before it pulls pages. `place` is the cache's place now. */
  begin(welcome: z.infer<typeof Welcome>, place: CachePlace, signedIn: boolean): void
  /** Takes a page of the feed that the server sent without being asked. */
  take(page: SentPage): void
  /** A command was written into the journal: send it soon. */
  sendSoon(): void
  /** Another cache has replaced the old one. */
  moveTo(place: CachePlace): void
  /** How many changes of the feed are not applied yet. */
  behind(): number
  /** Whether pages of the feed from before this number can still reach this cache. */
  mayStillGet(seq: number): boolean
}

/** Leaves room for the frame around the commands. */
const BATCH_BYTES = MAX_BATCH_BYTES - 16 * 1024
const PAGE = 4000
const TRY_AGAIN_MS = 2000
/**
 * When the cache has been at the newest change for this long, a command that the server applied counts as settled: its
 * rows are not in this user's scopes and will not arrive.
 */
const SETTLE_AFTER_MS = 30_000

/** How long a busy server asks to wait; undefined where it did not say. */
const busyForMs = ({ code, params }: Refusal, random: () => number): number | undefined =>
  code === 'CENTER_BUSY' && Number.isFinite(Number(params['seconds']))
    ? askedToWaitMs(Number(params['seconds']), random)
    : undefined

/** Another copy of this journal has used this number: the server has that copy's command, and not ours. */
const isCopied = (outcome: CommandOutcome) => outcome.kind === 'refused' && outcome.error.code === 'JOURNAL_COPIED'

const isOfUnknownSignIn = (outcome: CommandOutcome) =>
  outcome.kind === 'parked' && outcome.error.code === 'SEAL_UNKNOWN'

/**
 * Sends commands to the server and brings changes back. One thing at a time: first everything unsent, then the feed
 * from the cursor on. A page that does not follow the cursor is fetched again.
 */
export function createSync(options: SyncOptions): Sync {
  const { link, writer, clock, log } = options
  let place: CachePlace = { epoch: null, cursor: 0, scopes: [], partial: null }
  let head = 0
  let headEpoch = ''
  /** How many times another cache has replaced the old one. */
  let exchanges = 0
  let signedIn = false
  let sending = false
  let pulling = false
  let applying: Promise<unknown> = Promise.resolve()
  let cancelRetry = () => {}

  function again(ms = TRY_AGAIN_MS): void {
    cancelRetry()
    cancelRetry = clock.after(ms, work)
  }

  function work(): void {
    inBackground(
      log,
      (async () => {
        await send()
        await pull()
      })(),
      'sync',
    )
  }

  async function send(): Promise<void> {
    if (sending) return
    sending = true
    try {
      while (link.isOnline()) {
        const commands = await writer.toSend(BATCH_BYTES)
        if (commands.length === 0) break
        await writer.markSent(commands.map((command) => command.seq))
        const reply = await link.request('commands', { incarnation: options.incarnation(), commands })
        if (!reply.ok) {
          log.info('commands not taken', { code: reply.error.code })
          if (link.isOnline()) again(busyForMs(reply.error, options.random))
          break
        }
        const { outcomes, expected } = reply.value
        const ours = outcomes.filter(({ outcome }) => !isCopied(outcome))
        options.onTouched([await writer.recordOutcomes(ours, options.serverNow())])
        options.onProgress()
        if (signedIn && ours.some(({ outcome }) => isOfUnknownSignIn(outcome)))
          options.onTouched([await options.sealAnew()])
        if (ours.length < outcomes.length) {
          options.onTouched([await options.renumber('unsent')])
          continue
        }
        const first = commands[0]!.seq
        const answered = outcomes.filter(({ outcome }) => outcome.kind !== 'retryLater').length
        if (answered > 0) continue
        // The server wants earlier commands first: it was restored, or never had them.
        if (expected < first && outcomes.length === 0) {
          options.onTouched([(await writer.replayFrom(expected)).touched])
          if ((await writer.toSend(BATCH_BYTES))[0]?.seq === expected) continue
          // The commands that it wants are no longer here (they are kept for 14 days, or were lost with a disk).
          options.onTouched([await options.renumber('unsent')])
          continue
        }
        again()
        break
      }
    } finally {
      sending = false
      options.onProgress()
    }
  }

  /** Applies pages one after the other, whether they were asked for or sent. */
  function apply(page: SentPage): Promise<void> {
    const before = applying
    const next = (async () => {
      await before
      if (page.epoch !== place.epoch || page.after > place.cursor || page.upTo <= place.cursor) return
      const from = place
      const { touched, cursor } = await writer.applyPage(page)
      // Another cache may have replaced this one meanwhile, with its own place.
      if (place === from) place = { ...from, cursor }
      options.onTouched(touched)
      options.onProgress()
    })()
    applying = next.catch(() => null)
    return next
  }

  async function pull(): Promise<void> {
    if (pulling || !signedIn || place.epoch === null) return
    pulling = true
    try {
      let asked = place.cursor
      let coming = askPage(asked)
      while (link.isOnline() && asked < head) {
        const reply = await coming
        if (!reply.ok) {
          if (link.isOnline()) again()
          return
        }
        const page = reply.value
        if (page.epoch === place.epoch && page.after > asked && page.after <= place.cursor) {
          // Another cache has replaced the old one meanwhile, and only the old one had the gap.
          asked = place.cursor
          coming = askPage(asked)
          continue
        }
        if (page.epoch !== place.epoch || page.after > asked) {
          options.onSnapshotDue()
          return
        }
        head = Math.max(head, page.head)
        if (page.upTo <= asked) break
        asked = page.upTo
        // Ask for the next page while this one is being written.
        coming = asked < head ? askPage(asked) : coming
        await apply(page)
        if (place.cursor < asked) {
          // Another cache has replaced the old one meanwhile and is further behind, so the page that was asked for does
          // not follow its cursor.
          asked = place.cursor
          coming = askPage(asked)
          continue
        }
        asked = place.cursor
      }
      await settleLate()
    } finally {
      pulling = false
      options.onProgress()
    }
  }

  /**
   * Whether this cache belongs to a history that the server has lost. A node's welcome may name an older end of the
   * feed than other nodes have reached, so this asks for the feed itself.
   */
  async function isAheadOfLog({ epoch, cursor }: CachePlace): Promise<boolean> {
    if (epoch === null) return false
    const reply = await link.request('pull', { epoch, after: cursor, limit: 1 })
    if (!reply.ok || reply.value.head < cursor) return reply.ok
    head = Math.max(head, reply.value.head)
    return false
  }

  const askPage = (after: number) =>
    place.epoch !== null && after < head
      ? link.request('pull', { epoch: place.epoch, after, limit: PAGE })
      : Promise.resolve({ ok: false as const, error: { code: 'CENTER_NOT_REACHED' as const, params: {} } })

  async function settleLate(): Promise<void> {
    if (place.cursor < head) return
    options.onTouched([await writer.settleApplied(options.serverNow(), SETTLE_AFTER_MS)])
  }

  return {
    welcomed: (welcome) => {
      head = welcome.head
      headEpoch = welcome.epoch
    },
    begin: (welcome, at, isSignedIn) => {
      place = at
      signedIn = isSignedIn
      // Compare these before anything is sent: our own commands move both the cursor and the end of the feed.
      const follows = at.epoch === welcome.epoch && at.cursor >= welcome.floor
      const isAhead = at.cursor > head
      const exchangesThen = exchanges
      inBackground(
        log,
        (async () => {
          // Prune by the earlier of both clocks. A clock that is months ahead would remove what a restored server has to
          // be sent again; a clock of ours that is years behind only keeps it until the clock is set.
          await writer.prune(Math.min(welcome.serverTime, options.clock.now()))
          const next = welcome.nextCommand.find((journal) => journal.incarnation === options.incarnation()) ?? null
          const compared = await writer.compare({ epoch: welcome.epoch, next })
          if (compared.kind === 'renumber') options.onTouched([await options.renumber(compared.send)])
          else if (compared.kind === 'replay') options.onTouched([(await writer.replayFrom(compared.from)).touched])
          await writer.remember({ serverEpoch: welcome.epoch })
          if (signedIn) options.onTouched([await options.sealAnew()])
          const isLost = signedIn && follows && isAhead && (await isAheadOfLog(at))
          await send()
          if (signedIn && (!follows || isLost) && exchanges === exchangesThen) options.onSnapshotDue()
          else await pull()
        })(),
        'begin',
      )
    },
    take: (page) => {
      head = page.epoch === headEpoch ? Math.max(head, page.head) : page.head
      headEpoch = page.epoch
      if (!signedIn || place.epoch === null) return
      inBackground(
        log,
        (async () => {
          await applying
          if (page.epoch === place.epoch && page.after <= place.cursor) await apply(page)
          if (place.cursor < head) await pull()
        })(),
        'feed page',
      )
    },
    sendSoon: () => {
      cancelRetry()
      work()
    },
    moveTo: (to) => {
      place = to
      exchanges += 1
      work()
    },
    mayStillGet: (seq) => signedIn && place.epoch !== null && place.epoch === headEpoch && place.cursor < seq,
    behind: () => (place.epoch === null ? 0 : Math.max(0, head - place.cursor)),
  }
}

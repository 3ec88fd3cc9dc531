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
  /** The server's time, as well as it is known here: this machine's clock may be years off, and may be set right at any moment. */
  serverNow(): number
  /** Rows changed. */
  onTouched(touched: readonly Touched[]): void
  /** Something about what is unsent or how far behind has changed. */
  onProgress(): void
  /** The cache cannot be followed on: a snapshot is due. */
  onSnapshotDue(): void
  /** The journal's numbers are not ours alone (a copied or restored disk): what is to be sent gets new ones under a new name. */
  renumber(send: 'unsent' | 'everything'): Promise<Touched>
  /** Who is signed in here vouches for what is theirs and the server (restored from before) does not know the sign-in of. */
  sealAnew(): Promise<Touched>
}

export interface Sync {
  /** At once when a welcome comes: where the log ends is known before any page that follows it. */
  welcomed(welcome: z.infer<typeof Welcome>): void
  /** After every welcome: commands before pulls. `place`: of the cache, now. */
  begin(welcome: z.infer<typeof Welcome>, place: CachePlace, signedIn: boolean): void
  /** A page that the server sent by itself. */
  take(page: SentPage): void
  /** Something was journalled. */
  sendSoon(): void
  /** The cache is another one now. */
  moveTo(place: CachePlace): void
  /** Changes of the log not applied yet. */
  behind(): number
  /** Whether pages of the log from before this number can still reach this cache. */
  mayStillGet(seq: number): boolean
}

/** Room for the frame around the commands. */
const BATCH_BYTES = MAX_BATCH_BYTES - 16 * 1024
const PAGE = 4000
const TRY_AGAIN_MS = 2000
/** After this long at the newest change, what the server applied counts as here: its rows are not ours to have. */
const SETTLE_AFTER_MS = 30_000

/** What a busy center asks to wait for; undefined: it did not say. */
const busyForMs = ({ code, params }: Refusal, random: () => number): number | undefined =>
  code === 'CENTER_BUSY' && Number.isFinite(Number(params['seconds'])) ? askedToWaitMs(Number(params['seconds']), random) : undefined

/** Another copy of this journal has used a number: its command is there, and ours is not. */
const isCopied = (outcome: CommandOutcome) => outcome.kind === 'refused' && outcome.error.code === 'JOURNAL_COPIED'

const isOfUnknownSignIn = (outcome: CommandOutcome) => outcome.kind === 'parked' && outcome.error.code === 'SEAL_UNKNOWN'

/**
 * The way of commands to the server and of changes back. One thing at a time: first everything unsent, then the log
 * from the cursor on; a page that does not join on is fetched anew.
 */
export function createSync(options: SyncOptions): Sync {
  const { link, writer, clock, log } = options
  let place: CachePlace = { epoch: null, cursor: 0, scopes: [], partial: null }
  let head = 0
  let headEpoch = ''
  /** How many caches took each other's place here. */
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
    inBackground(log, (async () => {
      await send()
      await pull()
    })(), 'sync')
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
        if (signedIn && ours.some(({ outcome }) => isOfUnknownSignIn(outcome))) options.onTouched([await options.sealAnew()])
        if (ours.length < outcomes.length) {
          options.onTouched([await options.renumber('unsent')])
          continue
        }
        const first = commands[0]!.seq
        const answered = outcomes.filter(({ outcome }) => outcome.kind !== 'retryLater').length
        if (answered > 0) continue
        // It wants earlier ones first: it was restored, or never had them.
        if (expected < first && outcomes.length === 0) {
          options.onTouched([(await writer.replayFrom(expected)).touched])
          if ((await writer.toSend(BATCH_BYTES))[0]?.seq === expected) continue
          // What it wants is gone from here (kept 14 days, or lost with a disk).
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

  /** Applies pages one after the other, whoever brought them. */
  function apply(page: SentPage): Promise<void> {
    const before = applying
    const next = (async () => {
      await before
      if (page.epoch !== place.epoch || page.after > place.cursor || page.upTo <= place.cursor) return
      const from = place
      const { touched, cursor } = await writer.applyPage(page)
      // Another cache may have come meanwhile, with a place of its own.
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
          // Another cache came meanwhile: the gap was the old one's.
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
        // The next page travels while this one is written.
        coming = asked < head ? askPage(asked) : coming
        await apply(page)
        if (place.cursor < asked) {
          // Another cache came meanwhile and stands further back: what was asked for does not join on.
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

  /** A node may tell of an end of the log that others have moved on from; the log itself says whether this cache is of a history that was lost. */
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
      // Looked at before anything is sent: our own commands move both on.
      const follows = at.epoch === welcome.epoch && at.cursor >= welcome.floor
      const isAhead = at.cursor > head
      const exchangesThen = exchanges
      inBackground(log, (async () => {
        // By both clocks: one that is months ahead would take away what a restored server has to be told again. One of ours that is years behind keeps them until it is set.
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
      })(), 'begin')
    },
    take: (page) => {
      head = page.epoch === headEpoch ? Math.max(head, page.head) : page.head
      headEpoch = page.epoch
      if (!signedIn || place.epoch === null) return
      inBackground(log, (async () => {
        await applying
        if (page.epoch === place.epoch && page.after <= place.cursor) await apply(page)
        if (place.cursor < head) await pull()
      })(), 'feed page')
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

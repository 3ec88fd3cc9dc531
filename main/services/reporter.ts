import { statfs } from 'node:fs/promises'
import type { Counts } from '../../db/worker/command-writes.ts'
import type { Refusal } from '../../protocol/errors.ts'
import { CACHE_SCHEMA, PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { Clock } from '../clock.ts'
import type { ServerLink } from '../link/server-link.ts'
import { inBackground, type Log } from '../log.ts'

export interface ReporterOptions {
  readonly link: Pick<ServerLink, 'isOnline' | 'request'>
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly appVersion: string
  /** The folder of the files. */
  readonly folder: string
  readonly place: () => Promise<{ readonly cursor: number }>
  readonly behind: () => number
  /** The counts of all users of this workstation together. */
  readonly counts: () => Promise<Counts>
  readonly alarm: () => Refusal | null
}

/** Reports to the server how this workstation is, for the people who look after all workstations. */
export interface Reporter {
  /** Call this after a welcome: it reports once soon, and then every minute. */
  begin(): void
  stop(): void
}

const EVERY_MS = 60_000
/** Thousands of workstations may be welcomed in the same second, and the server has to take their commands first. */
const SOON_MS = 5_000

export function createReporter({
  link,
  clock,
  random,
  log,
  appVersion,
  folder,
  ...options
}: ReporterOptions): Reporter {
  let cancel = () => {}

  async function report(): Promise<void> {
    if (!link.isOnline()) return
    const [{ cursor }, { unsent, needsAttention }, freeDiskBytes] = await Promise.all([
      options.place(),
      options.counts(),
      freeBytes(folder),
    ])
    const reply = await link.request('report', {
      appVersion: appVersion.slice(0, 40),
      protocolVersion: PROTOCOL_VERSION,
      cacheSchema: CACHE_SCHEMA,
      cursor,
      behind: options.behind(),
      unsent,
      needsAttention,
      alarm: options.alarm()?.code ?? null,
      freeDiskBytes,
    })
    if (reply.ok || reply.error.code !== 'UNKNOWN_NAME') return
    // An older server does not know reports and would count them as bad requests, so stop. The next welcome may come
    // from a newer one.
    cancel()
    log.info('the server takes no reports')
  }

  const next = (ms: number) => {
    cancel = clock.after(ms, () => {
      next(EVERY_MS)
      inBackground(log, report(), 'report')
    })
  }
  return {
    begin: () => {
      cancel()
      next(random() * SOON_MS)
    },
    stop: () => cancel(),
  }
}

/** Null where the system does not tell it. */
const freeBytes = async (folder: string): Promise<number | null> => {
  const disk = await statfs(folder).catch(() => null)
  return disk && Math.max(0, disk.bavail * disk.bsize)
}

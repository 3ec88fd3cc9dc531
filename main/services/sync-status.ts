import type { Remote } from '../../db/worker/port.ts'
import type { Counts } from '../../db/worker/command-writes.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { Refusal } from '../../protocol/errors.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { SyncState } from '../../protocol/workstation.ts'
import type { LinkState } from '../link/server-link.ts'
import type { SetupProgress } from '../snapshot/setup.ts'
import type { Topic } from './topics.ts'

export interface SyncStatusOptions {
  readonly writer: Pick<Remote<WriterCalls>, 'counts' | 'alarm'>
  /** The user whose unsent work is counted; while nobody is signed in, everybody's is. */
  readonly userId: () => UserId | null
  readonly reachedAt: number | null
  /** The damage that was found in the files when they were opened. */
  readonly damage: Refusal | null
  readonly behind: () => number
  readonly touch: (topics: readonly Topic[]) => void
}

/** How the connection to the server stands, as the screens show it. */
export interface SyncStatus {
  shown(): SyncState
  linkIs(state: LinkState): void
  /** Something arrived from the server, even if it was only a heartbeat. */
  heardAt(now: number): void
  setupIs(progress: SetupProgress | null): void
  /** Counts the unsent work again and checks for alarms. */
  recount(): Promise<void>
}

export function createSyncStatus({ writer, userId, damage, behind, touch, ...options }: SyncStatusOptions): SyncStatus {
  let link: LinkState = { kind: 'offline' }
  let counts: Counts = { unsent: 0, needsAttention: 0 }
  let { reachedAt } = options
  let setup: SetupProgress | null = null
  let alarm = damage
  return {
    shown: () => ({
      link: link.kind,
      refusal: link.kind === 'refused' ? link.refusal : null,
      reachedAt,
      ...counts,
      behind: behind(),
      setup: setup && { ...setup },
      alarm: alarm ?? setup?.waitsFor ?? null,
    }),
    linkIs: (state) => {
      link = state
      touch(['sync'])
    },
    heardAt: (now) => {
      reachedAt = now
    },
    setupIs: (progress) => {
      setup = progress
      touch(['sync'])
    },
    recount: async () => {
      counts = await writer.counts(userId())
      alarm = (await writer.alarm()) ?? damage
      touch(['sync', 'unsent'])
    },
  }
}

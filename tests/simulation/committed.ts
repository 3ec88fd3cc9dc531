import { withoutTexts } from '../../domain/erased-outcome.ts'
import type { EntityName, Row } from '../../protocol/entities.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { Erased } from '../../protocol/wire.ts'
import type { SealingSession, StoredResult } from '../../server/commands/command-store.ts'
import { idsIn } from '../../server/erasure/erased-ids.ts'
import type { PendingChange } from '../../server/feed/pending.ts'
import type { LogEntry } from '../../server/feed/read-log.ts'

export type AnyRow = Row<EntityName>
export interface Pending extends PendingChange {
  readonly pendingId: number
  readonly transaction: number
}

/** What is committed in the model of PostgreSQL (`model-database.ts`). */
export interface Committed {
  epoch: string
  floor: number
  rows: Map<string, AnyRow>
  journals: Map<
    string,
    { deviceId: string; incarnation: string; next: number; seenAt: number; lastHash: string | null }
  >
  results: Map<string, StoredResult & { readonly effects: number }>
  sessions: Map<string, Omit<SealingSession, 'fits'> & { readonly sealKey: string }>
  pending: Pending[]
  log: (LogEntry & { readonly pendingId: number })[]
  heads: Map<string, { seq: number; scope: string }>
  erasures: (Omit<Erased, 'erasedAt'> & { readonly erased: ReadonlySet<string> })[]
  /** Entries have the form `erasureId deviceId`. */
  receipts: Set<string>
}

/**
 * What a transaction commits with an erasure: tombstones, feed lines and commands without their content, and the
 * erasure's place in the feed.
 */
export function eraseIn(
  to: Committed,
  customerId: CustomerId,
  tombstones: readonly Pending[],
  erasureId: string,
): void {
  const erased = new Set(tombstones.map(({ id }) => id))
  const isTheirs = ({ id, row }: { id: string; row: unknown }) =>
    erased.has(id) || (row as { customerId?: string } | null)?.customerId === customerId
  to.pending = [...to.pending.map((line) => (isTheirs(line) ? { ...line, row: null } : line)), ...tombstones]
  to.log = to.log.map((line) => (isTheirs(line) ? { ...line, row: null } : line))
  for (const [commandId, result] of to.results) {
    const ids = [...idsIn(result.args), ...idsIn(result.outcome)]
    if (ids.some((id) => erased.has(id)))
      to.results.set(commandId, { ...result, args: null, outcome: withoutTexts(result.outcome) })
  }
  const seq = Math.max(to.floor, to.log.at(-1)?.seq ?? 0) + 1
  to.erasures = [
    ...to.erasures,
    { number: to.erasures.length + 1, erasureId, customerId, seq, rowIds: [...erased], erased },
  ]
}

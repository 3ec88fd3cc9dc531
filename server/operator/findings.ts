import type { CenterFacts } from './center-facts.ts'

/** Something that needs a person. The language files describe it, and what to do about it, under its code. */
export interface Finding {
  readonly code: FindingCode
  readonly params: Readonly<Record<string, string | number>>
}

export type FindingCode =
  | 'COMMANDS_PARKED'
  | 'COMMANDS_REFUSED'
  | 'DEVICE_ALARMS'
  | 'WORK_LEFT_LYING'
  | 'LONG_TRANSACTION'
  | 'SEQUENCER_BEHIND'
  | 'NODE_BEHIND'
  | 'SNAPSHOT_MISSING'
  | 'TELEPHONES_NOWHERE'

/** Changes usually get their numbers within milliseconds; this long is a fault and not just load. */
const PENDING_LONG_MS = 10_000
const LINES_BEHIND = 20_000
/** In a large call center the first snapshot files take a while after a start. */
const SNAPSHOTS_BY_MS = 15 * 60_000
/** A node takes the telephones within seconds after a start or after another node ends. */
const TELEPHONES_BY_MS = 60_000

export function findingsIn(
  { commands, devices, longTransactions, feed, snapshots, telephones }: CenterFacts,
  uptimeMs: number,
): Finding[] {
  const findings: Finding[] = []
  const find = (code: FindingCode, params: Finding['params']) => {
    findings.push({ code, params })
  }
  if (commands.parked > 0) find('COMMANDS_PARKED', { count: commands.parked })
  if (commands.refused > 0) find('COMMANDS_REFUSED', { count: commands.refused })
  if (devices.alarms > 0) find('DEVICE_ALARMS', { count: devices.alarms })
  if (devices.leftLying > 0) find('WORK_LEFT_LYING', { count: devices.leftLying })
  for (const { pid, applicationName, ageMs } of longTransactions)
    find('LONG_TRANSACTION', { pid, application: applicationName || '?', minutes: Math.floor(ageMs / 60_000) })
  if (feed.pendingMs > PENDING_LONG_MS)
    find('SEQUENCER_BEHIND', { count: feed.pending, seconds: Math.round(feed.pendingMs / 1000) })
  if (feed.nodeBehind > LINES_BEHIND) find('NODE_BEHIND', { count: feed.nodeBehind })
  for (const { scopes, builtAt } of snapshots)
    if (builtAt === null && uptimeMs > SNAPSHOTS_BY_MS) find('SNAPSHOT_MISSING', { scopes })
  if (telephones === null && uptimeMs > TELEPHONES_BY_MS) find('TELEPHONES_NOWHERE', {})
  return findings
}

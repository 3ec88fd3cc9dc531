import { DURATION_BOUNDS, type Counted } from './counters.ts'
import type { NodeFacts } from './node-facts.ts'
import type { Status } from './status.ts'

type Labels = Readonly<Record<string, string>>
type Sample = readonly [value: number, labels?: Labels, suffix?: string]

/**
 * The status in the text format of Prometheus (version 0.0.4). Labels have few, fixed values and contain no personal
 * data. `status` null: the database does not answer, and only the node's own metrics are given.
 */
export function prometheusText(node: NodeFacts, status: Status | null): string {
  return `${[...nodeMetrics(node), ...(status ? centerMetrics(status) : []), metric('ringside_database_up', 'gauge', 'Whether the database answers.', [[status ? 1 : 0]])].join('\n')}\n`
}

function metric(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  samples: readonly Sample[],
): string {
  const labelled = (labels: Labels) => {
    const pairs = Object.entries(labels).map(
      ([label, value]) =>
        `${label}="${value.replaceAll(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))}"`,
    )
    return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
  }
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([value, labels = {}, suffix = '']) => `${name}${suffix}${labelled(labels)} ${value}`),
  ].join('\n')
}

function nodeMetrics({
  version,
  protocolVersion,
  startedAt,
  connections,
  hasTelephones,
  memoryBytes,
  lateMs,
  counted,
}: NodeFacts): string[] {
  const { events, commands } = counted
  return [
    metric('ringside_node_info', 'gauge', 'Version of this node.', [
      [1, { version, protocol: String(protocolVersion) }],
    ]),
    metric('ringside_start_time_seconds', 'gauge', 'When this node started, since 1970.', [[startedAt / 1000]]),
    metric('ringside_connections', 'gauge', 'Workstations connected to this node.', [[connections]]),
    metric('ringside_telephones', 'gauge', 'Whether this node has the telephones; one node has.', [
      [hasTelephones ? 1 : 0],
    ]),
    metric('ringside_handshakes_total', 'counter', 'Handshakes: done, refused, and turned away before they began.', [
      [events.handshakesDone, { outcome: 'done' }],
      [events.handshakesRefused, { outcome: 'refused' }],
      [events.turnedAway, { outcome: 'turned_away' }],
    ]),
    metric(
      'ringside_commands_total',
      'counter',
      'Commands by what became of them.',
      Object.entries(commands).map(([outcome, count]): Sample => [count, { outcome }]),
    ),
    metric(
      'ringside_command_duration_seconds',
      'histogram',
      'How long the transaction of a command takes.',
      durations(counted),
    ),
    metric(
      'ringside_pages_total',
      'counter',
      'Catch-up pages, read from the database or shared with who asked before.',
      [
        [events.pagesRead, { how: 'read' }],
        [events.pagesShared, { how: 'shared' }],
      ],
    ),
    metric('ringside_slow_readers_total', 'counter', 'Workstations cut off because they did not read.', [
      [events.slowReaders],
    ]),
    metric(
      'ringside_late_seconds',
      'gauge',
      'By how much the slowest hundredth of the work of this node began too late, in the last two minutes.',
      [[lateMs / 1000]],
    ),
    metric('ringside_memory_bytes', 'gauge', 'Memory of this node.', [[memoryBytes]]),
  ]
}

const durations = ({ durations: { upTo, count, sumSeconds } }: Counted): Sample[] => [
  ...DURATION_BOUNDS.map((bound, index): Sample => [upTo[index] ?? 0, { le: String(bound) }, '_bucket']),
  [count, { le: '+Inf' }, '_bucket'],
  [sumSeconds, {}, '_sum'],
  [count, {}, '_count'],
]

function centerMetrics({
  at,
  feed,
  database,
  snapshots,
  devices,
  commands,
  longTransactions,
  findings,
}: Status): string[] {
  const ready = snapshots.filter(({ builtAt }) => builtAt !== null)
  return [
    metric('ringside_feed_head', 'gauge', 'Number of the newest change.', [[feed.head]]),
    metric('ringside_feed_floor', 'gauge', 'Lowest number that can be followed.', [[feed.floor]]),
    metric('ringside_feed_node_behind', 'gauge', 'Changes that this node has not given out.', [[feed.nodeBehind]]),
    metric('ringside_sequencer_pending', 'gauge', 'Committed changes without a number.', [[feed.pending]]),
    metric('ringside_sequencer_lag_seconds', 'gauge', 'Age of the oldest of them.', [[feed.pendingMs / 1000]]),
    metric('ringside_database_bytes', 'gauge', 'Size of the database.', [[database.bytes]]),
    metric(
      'ringside_snapshot_age_seconds',
      'gauge',
      'Age of the ready file for a set of scopes.',
      ready.map(({ scopes, builtAt }): Sample => [(at - (builtAt ?? at)) / 1000, { scopes }]),
    ),
    metric(
      'ringside_snapshot_bytes',
      'gauge',
      'Size of the ready file for a set of scopes.',
      ready.map(({ scopes, bytes }): Sample => [bytes, { scopes }]),
    ),
    metric('ringside_workstations', 'gauge', 'Workstations that have reported.', [
      [devices.here, { state: 'here' }],
      [devices.away, { state: 'away' }],
    ]),
    metric('ringside_workstations_alarmed', 'gauge', 'Workstations with an alarm, or away with unsent work.', [
      [devices.alarms, { why: 'alarm' }],
      [devices.leftLying, { why: 'unsent' }],
    ]),
    metric('ringside_commands_waiting', 'gauge', 'Commands that nobody has dealt with.', [
      [commands.refused, { kind: 'refused' }],
      [commands.parked, { kind: 'parked' }],
    ]),
    metric(
      'ringside_long_transactions',
      'gauge',
      'Transactions open for more than a minute that hold back the clean-up.',
      [[longTransactions.length]],
    ),
    metric('ringside_longest_transaction_seconds', 'gauge', 'Age of the oldest of them.', [
      [(longTransactions[0]?.ageMs ?? 0) / 1000],
    ]),
    metric('ringside_findings', 'gauge', 'Matters that need a person.', [[findings.length]]),
  ]
}

import type { ErrorCode } from '../../protocol/errors.ts'
import type { CommandName } from '../../protocol/commands.ts'
import type { Say } from './say.ts'
import type { Status } from './status.ts'

export interface Figure {
  readonly name: string
  readonly value: string
  /** What it means, and since when it is counted. */
  readonly means: string
}

export interface Column {
  readonly name: string
  readonly isNumber?: boolean
}

export interface Line {
  readonly cells: readonly string[]
  /** `out`: a person should look at this line. The findings say so too. */
  readonly stands: 'out' | 'plain'
  /** The command of this line, where a person can mark it as dealt with. */
  readonly commandId?: string
}

export interface Table {
  readonly title: string
  readonly means: string
  readonly columns: readonly Column[]
  readonly lines: readonly Line[]
}

/** The status in words, for both the page and the terminal. */
export interface StatusView {
  readonly title: string
  readonly headline: string
  readonly isCalm: boolean
  readonly at: string
  readonly findings: readonly { readonly is: string; readonly todo: string }[]
  readonly figures: readonly { readonly title: string; readonly figures: readonly Figure[] }[]
  readonly tables: readonly Table[]
}

export function statusView(status: Status, say: Say): StatusView {
  const { words } = say
  return {
    title: `${status.site.name} · ${words.title}`,
    headline: status.findings.length === 0 ? words.calm : say.fill(words.needs, { count: status.findings.length }),
    isCalm: status.findings.length === 0,
    at: say.time(status.at),
    findings: status.findings.map(({ code, params }) => ({
      is: say.fill(words.findings[code].is, params),
      todo: say.fill(words.findings[code].todo, params),
    })),
    figures: [
      { title: `${words.node} · ${status.node.name}`, figures: nodeFigures(status, say) },
      { title: words.center, figures: centerFigures(status, say) },
    ],
    tables: [
      commandTable(status, say),
      deviceTable(status, say),
      snapshotTable(status, say),
      transactionTable(status, say),
    ],
  }
}

function nodeFigures({ at, node }: Status, say: Say): Figure[] {
  const { figures } = say.words
  const { events, commands } = node.counted
  const since = say.fill(say.words.sinceStart, { time: say.time(node.startedAt) })
  const figure = (
    { name, is }: { name: string; is: string },
    value: string,
    params: Record<string, string | number> = {},
  ): Figure => ({ name, value, means: say.fill(is, params) })
  const counted = (
    of: { name: string; is: string },
    value: number,
    params: Record<string, string | number>,
  ): Figure => {
    const { name, means } = figure(of, '', params)
    return { name, value: say.number(value), means: `${means} ${since}` }
  }
  return [
    figure(figures.version, node.version, { protocol: node.protocolVersion }),
    figure(figures.uptime, say.span(at - node.startedAt), { time: say.time(node.startedAt) }),
    figure(figures.connections, say.number(node.connections)),
    figure(figures.memory, say.bytes(node.memoryBytes)),
    figure(figures.late, `${say.number(node.lateMs)} ms`),
    counted(figures.handshakes, events.handshakesDone, {
      refused: events.handshakesRefused,
      turnedAway: events.turnedAway,
    }),
    counted(figures.commands, commands.applied + commands.altered + commands.refused + commands.parked, {
      ...commands,
    }),
    counted(figures.pages, events.pagesRead + events.pagesShared, {
      shared: events.pagesShared,
      slow: events.slowReaders,
    }),
  ]
}

function centerFigures({ database, feed, devices, telephones }: Status, say: Say): Figure[] {
  const { words } = say
  const { figures, since } = words
  const reach = feed.since === null ? '' : ` (${say.fill(since, { time: say.time(feed.since) })})`
  return [
    {
      name: figures.here.name,
      value: say.number(devices.here),
      means: say.fill(figures.here.is, { away: devices.away }),
    },
    {
      name: figures.telephones.name,
      value: telephones?.node ?? words.none,
      means: telephones
        ? say.fill(figures.telephones.is, { time: say.time(telephones.since) })
        : figures.telephones.nobody,
    },
    {
      name: figures.pending.name,
      value: say.number(feed.pending),
      means: say.fill(figures.pending.is, { time: say.span(feed.pendingMs) }),
    },
    { name: figures.head.name, value: say.number(feed.head), means: say.fill(figures.head.is, { floor: feed.floor }) },
    { name: figures.log.name, value: say.number(feed.head - feed.floor), means: `${figures.log.is}${reach}` },
    {
      name: figures.database.name,
      value: say.bytes(database.bytes),
      means: say.fill(figures.database.is, { version: database.version, ms: database.answeredMs }),
    },
  ]
}

function commandTable({ at, commands }: Status, say: Say): Table {
  const { words } = say
  const { columns, kinds } = words
  const nameOf = (name: string) =>
    Object.hasOwn(words.commandNames, name) ? words.commandNames[name as CommandName] : name
  return {
    title: words.commands,
    means: words.means.commands,
    columns: [
      { name: columns.what },
      { name: columns.who },
      { name: columns.when },
      { name: columns.why },
      { name: columns.text },
    ],
    lines: commands.listed.map((line) => ({
      cells: [
        nameOf(line.name),
        [line.userName, line.deviceLabel].filter(Boolean).join(' · '),
        `${say.ago(at - line.receivedAt)} · ${say.time(line.receivedAt)}`,
        say.fill(kinds[line.kind], { why: words.reasons[line.code] ?? line.code }),
        line.text ?? words.hidden,
      ],
      stands: line.kind === 'parked' ? 'out' : 'plain',
      commandId: line.commandId,
    })),
  }
}

function deviceTable({ at, devices }: Status, say: Say): Table {
  const { words } = say
  const { columns } = words
  return {
    title: words.workstations,
    means: words.means.workstations,
    columns: [
      { name: columns.workstation },
      { name: columns.who },
      { name: columns.version },
      { name: columns.seen },
      { name: columns.behind, isNumber: true },
      { name: columns.unsent, isNumber: true },
      { name: columns.attention, isNumber: true },
      { name: columns.disk, isNumber: true },
      { name: columns.alarm },
    ],
    lines: devices.listed.map((line) => ({
      cells: [
        line.label,
        line.userName ?? words.nobody,
        line.appVersion,
        `${line.isHere ? words.here : words.away} · ${say.ago(at - line.seenAt)}`,
        say.number(line.behind),
        say.number(line.unsent),
        say.number(line.needsAttention),
        line.freeDiskBytes === null ? '–' : say.bytes(line.freeDiskBytes),
        line.alarm === null ? words.none : (words.alarms[line.alarm as ErrorCode] ?? line.alarm),
      ],
      stands: line.alarm !== null || line.isLeftLying ? 'out' : 'plain',
    })),
  }
}

function snapshotTable({ at, snapshots }: Status, say: Say): Table {
  const { words } = say
  const { columns } = words
  return {
    title: words.snapshots,
    means: words.means.snapshots,
    columns: [
      { name: columns.scopes },
      { name: columns.built },
      { name: columns.size, isNumber: true },
      { name: columns.behind, isNumber: true },
    ],
    lines: snapshots.map(({ scopes, builtAt, bytes, behind }) => ({
      cells:
        builtAt === null
          ? [scopes, words.never, '–', '–']
          : [scopes, `${say.ago(at - builtAt)} · ${say.time(builtAt)}`, say.bytes(bytes), say.number(behind)],
      stands: 'plain',
    })),
  }
}

function transactionTable({ longTransactions }: Status, say: Say): Table {
  const { words } = say
  const { columns } = words
  return {
    title: words.transactions,
    means: words.means.transactions,
    columns: [{ name: columns.process }, { name: columns.program }, { name: columns.open, isNumber: true }],
    lines: longTransactions.map(({ pid, applicationName, ageMs }) => ({
      cells: [String(pid), applicationName || '–', say.span(ageMs)],
      stands: 'out',
    })),
  }
}

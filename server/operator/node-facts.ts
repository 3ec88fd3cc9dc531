import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { CACHE_SCHEMA, PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { Counted, Counters } from './counters.ts'

/** The state of this node, known without a query. */
export interface NodeFacts {
  /** The node's machine and port. */
  readonly name: string
  readonly version: string
  readonly protocolVersion: number
  readonly cacheSchema: number
  readonly startedAt: number
  readonly connections: number
  readonly hasTelephones: boolean
  readonly memoryBytes: number
  /** By how many ms the slowest hundredth of this node's work began too late, in the last minute or two. */
  readonly lateMs: number
  /** Counts since the start. */
  readonly counted: Counted
}

export interface NodeWatch {
  facts(): NodeFacts
  stop(): void
}

const RESOLUTION_MS = 20
const WINDOW_MS = 60_000

export function watchNode(options: {
  readonly now: () => number
  readonly name: () => string
  readonly connections: () => number
  readonly hasTelephones: () => boolean
  readonly counters: Counters
}): NodeWatch {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const startedAt = options.now()
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  // The measured delay includes the wait for its own timer, which is subtracted here.
  const lateNow = () => Math.max(0, delays.percentile(99) / 1e6 - RESOLUTION_MS)
  let lateBefore = 0
  const turn = setInterval(() => {
    lateBefore = lateNow()
    delays.reset()
  }, WINDOW_MS)
  turn.unref()
  return {
    facts: () => ({
      name: options.name(),
      version,
      protocolVersion: PROTOCOL_VERSION,
      cacheSchema: CACHE_SCHEMA,
      startedAt,
      connections: options.connections(),
      hasTelephones: options.hasTelephones(),
      memoryBytes: process.memoryUsage.rss(),
      lateMs: Math.round(Math.max(lateBefore, lateNow()) * 10) / 10,
      counted: options.counters.read(),
    }),
    stop: () => {
      clearInterval(turn)
      delays.disable()
    },
  }
}

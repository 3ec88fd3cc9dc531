import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { OpenDatabase } from '../../server/open-database.ts'
import type { Place } from '../place.ts'

/** A node of the server, as a real process. */
export interface CenterNode {
  readonly url: string
  readonly pid: number
  /** The failures that it logged, the first of each kind. */
  readonly errors: ReadonlySet<string>
  /**
   * Resolves when the node has a snapshot ready for new workstations. A node that found a snapshot at its start never
   * resolves this.
   */
  readonly snapshotReady: Promise<void>
  /** Kills the node, as a power cut would. */
  kill(): Promise<void>
}

/** The folder in which the node of this name keeps its files. */
export const nodeFolder = (place: Place, name: string): string => join(place.folder, name)

/** Starts a node on the database and waits until it listens; `port` 0 means any free port. */
export async function startNode(place: Place, name: string, database: OpenDatabase, port = 0): Promise<CenterNode> {
  const child = place.program('server/index.ts', [], {
    DATABASE_URL: database.connectionString,
    RINGSIDE_DATA: nodeFolder(place, name),
    PORT: String(port),
  })
  const errors = new Set<string>()
  let ready = () => {}
  const snapshotReady = new Promise<void>((resolve) => {
    ready = resolve
  })
  const url = await new Promise<string>((resolve, reject) => {
    onLines(child, ({ level, event, error, url: at }) => {
      if (level === 'error') errors.add(`${event}: ${error}`)
      if (event === 'snapshot ready') ready()
      if (event === 'listening') resolve(at!)
    })
    child.once('exit', () => reject(new Error(`The server has ended. ${[...errors].join('; ')}`)))
  })
  return {
    url,
    pid: child.pid!,
    errors,
    snapshotReady,
    kill: async () => {
      const gone = new Promise((resolve) => {
        child.once('exit', resolve)
      })
      child.kill('SIGKILL')
      await gone
    },
  }
}

interface Line {
  readonly level?: string
  readonly event?: string
  readonly error?: string
  readonly url?: string
}

/** The server logs one line of JSON for each event; an error that keeps it from starting is a plain sentence. */
function onLines(child: ChildProcess, take: (line: Line) => void): void {
  let rest = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines)
      take(line.startsWith('{') ? (JSON.parse(line) as Line) : { level: 'error', event: line, error: '' })
  })
}

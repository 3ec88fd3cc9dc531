import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { OpenDatabase } from '../../server/open-database.ts'
import type { Place } from '../place.ts'

/** A node of the server, a real process. */
export interface CenterNode {
  readonly url: string
  readonly pid: number
  /** What it logged as failed, the first of each kind. */
  readonly errors: ReadonlySet<string>
  /** It has a file ready for new workstations; one that found such a file at its start never says so. */
  readonly snapshotReady: Promise<void>
  /** Ends it the way a power cut does. */
  kill(): Promise<void>
}

/** Where a node named so keeps its files. */
export const nodeFolder = (place: Place, name: string): string => join(place.folder, name)

/** Starts a node on the database and waits until it listens; `port` 0: any. */
export async function startNode(place: Place, name: string, database: OpenDatabase, port = 0): Promise<CenterNode> {
  const child = place.program('server/index.ts', [], { DATABASE_URL: database.connectionString, RINGSIDE_DATA: nodeFolder(place, name), PORT: String(port) })
  const errors = new Set<string>()
  let ready = () => {}
  const snapshotReady = new Promise<void>((resolve) => { ready = resolve })
  const url = await new Promise<string>((resolve, reject) => {
    onLines(child, ({ level, event, error, url: at }) => {
      if (level === 'error') errors.add(`${event}: ${error}`)
      if (event === 'snapshot ready') ready()
      if (event === 'listening') resolve(at!)
    })
    child.once('exit', () => reject(new Error(`The server has ended. ${[...errors].join('; ')}`)))
  })
  return {
    url, pid: child.pid!, errors, snapshotReady,
    kill: async () => {
      const gone = new Promise((resolve) => { child.once('exit', resolve) })
      child.kill('SIGKILL')
      await gone
    },
  }
}

interface Line { readonly level?: string; readonly event?: string; readonly error?: string; readonly url?: string }

/** The server logs a line of JSON each; what keeps it from starting is a sentence. */
function onLines(child: ChildProcess, take: (line: Line) => void): void {
  let rest = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line.startsWith('{') ? (JSON.parse(line) as Line) : { level: 'error', event: line, error: '' })
  })
}

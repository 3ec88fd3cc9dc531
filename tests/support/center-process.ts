import { spawn } from 'node:child_process'

/** A node of the server as a process of its own. */
export interface CenterProcess {
  readonly url: string
  /** The lines that it logged. */
  readonly logged: string[]
  /** Ends the node and resolves when it is gone, with its exit code, or null if a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

const index = new URL('../../server/index.ts', import.meta.url).pathname

/** Starts a node and resolves when it listens. `port` 0 means any port. */
export async function startCenterProcess({
  dataFolder,
  databaseUrl,
  port = 0,
}: {
  dataFolder: string
  databaseUrl: string
  port?: number
}): Promise<CenterProcess> {
  const child = spawn(process.execPath, [index], {
    env: { ...process.env, RINGSIDE_DATA: dataFolder, PORT: String(port), DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  const logged: string[] = []
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error(`the center ended before it listened: ${logged.join('\n')}`))
    })
    let rest = ''
    child.stderr?.on('data', (text: Buffer) => {
      const lines = (rest + text.toString()).split('\n')
      rest = lines.pop() ?? ''
      logged.push(...lines)
      const found = lines.map((line) => /"url":"([^"]+)"/.exec(line)?.[1]).find(Boolean)
      if (found) resolve(found)
    })
  })
  return {
    url,
    logged,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const gone = new Promise<number | null>((resolve) => {
        child.once('exit', resolve)
      })
      child.kill(signal)
      return gone
    },
  }
}

import type { ServerResponse } from 'node:http'

/** Who is just being sent which file. */
export interface RunningDownloads {
  begun(id: string, to: ServerResponse): void
  /** Ends the sending of a file in the middle: whoever loads it asks for the newest again. */
  readonly breakOff: (id: string) => void
}

export function createRunningDownloads(): RunningDownloads {
  const running = new Map<string, Set<ServerResponse>>()
  return {
    begun: (id, to) => {
      const all = running.get(id) ?? new Set()
      running.set(id, all.add(to))
      to.once('close', () => {
        all.delete(to)
        if (all.size === 0 && running.get(id) === all) running.delete(id)
      })
    },
    breakOff: (id) => {
      for (const to of running.get(id) ?? []) to.destroy()
    },
  }
}

/**
 * What happened, for the people who look after the machine. Facts are numbers, codes and ids of our own: never a name,
 * a note or a telephone number.
 */
export type Facts = Readonly<Record<string, string | number | boolean | null>>

export interface Log {
  info(event: string, facts?: Facts): void
  /** Logs an error's class, code and place, never its message. */
  error(event: string, error: unknown, facts?: Facts): void
}

/** Writes one JSON object per line. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  const line = (level: string, event: string, facts: Facts = {}) =>
    write(JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...facts }))
  return {
    info: (event, facts) => line('info', event, facts),
    error: (event, error, facts) => line('error', event, { ...facts, ...whatOf(error) }),
  }
}

/** An error's message can quote what a user typed, so only its kind is logged, and where in our files it came from. */
function whatOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { kind: typeof error }
  const code = 'code' in error ? String(error.code) : null
  const places =
    error.stack
      ?.split('\n')
      .filter((frame) => /^\s+at /.test(frame))
      .slice(0, 4)
      .map((frame) => frame.trim().replace(/^at /, '')) ?? []
  return { kind: error.name, ...(code ? { code } : {}), places: places.join(' < ') }
}

/** Runs work that nobody waits for. It has a name, and its failure is logged and goes no further. */
export function inBackground(log: Log, work: Promise<unknown>, name: string): void {
  work.catch((error: unknown) => log.error(`${name} failed`, error))
}

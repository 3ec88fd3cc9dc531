/** What happened, for who looks after the machine. Facts are numbers, codes and ids of ours: never a name, a note or a number. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>

export interface Log {
  info(event: string, facts?: Facts): void
  /** `error`: its class, code and place are kept; its message only where it is ours. */
  error(event: string, error: unknown, facts?: Facts): void
}

/** One JSON object a line. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  const line = (level: string, event: string, facts: Facts = {}) => write(JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...facts }))
  return {
    info: (event, facts) => line('info', event, facts),
    error: (event, error, facts) => line('error', event, { ...facts, ...whatOf(error) }),
  }
}

/** A message can quote what somebody typed, so only its kind is logged, and where in our files it came from. */
function whatOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { kind: typeof error }
  const code = 'code' in error ? String(error.code) : null
  const places = error.stack?.split('\n').filter((frame) => /^\s+at /.test(frame)).slice(0, 4).map((frame) => frame.trim().replace(/^at /, '')) ?? []
  return { kind: error.name, ...(code ? { code } : {}), places: places.join(' < ') }
}

/** Work that nobody waits for, named; its failure is logged and goes no further. */
export function inBackground(log: Log, work: Promise<unknown>, name: string): void {
  work.catch((error: unknown) => log.error(`${name} failed`, error))
}

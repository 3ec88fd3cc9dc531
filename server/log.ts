/** What the server says about itself: one line of JSON each. Never numbers, names or notes of people. */
export interface Log {
  info(event: string, facts?: Record<string, string | number | boolean | null>): void
  error(event: string, error: unknown, facts?: Record<string, string | number | boolean | null>): void
}

export function createLog(write: (line: string) => void, now: () => number): Log {
  const line = (level: string, event: string, facts: object) => {
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...facts })}\n`)
  }
  return {
    info: (event, facts = {}) => { line('info', event, facts) },
    error: (event, error, facts = {}) => { line('error', event, { ...facts, ...describe(error) }) },
  }
}

/** Database errors carry parts of rows in `detail` and `where`; only their code and message go out. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { error: String(error) }
  const { code } = error as { code?: string }
  return { error: error.message, ...(code ? { code } : {}), at_line: error.stack?.split('\n')[1]?.trim() }
}

import { setTimeout as pause } from 'node:timers/promises'
import type { Started } from './processes.ts'

export interface Kept {
  readonly name: string
  /** What the rest does meanwhile, for the line that announces the restart. */
  readonly meanwhile: string
  launch(): Started
  /**
   * Whether the process ever came so far that it worked. A process that never did has printed why, and starting it
   * again would print the same.
   */
  wasUp(): boolean
  isStopping(): boolean
  readonly say?: (line: string) => void
  readonly wait?: (ms: number) => Promise<unknown>
}

/**
 * How often within ten minutes the process is restarted at once. After that the pauses grow, so that a process that
 * keeps dying does not keep the machine busy.
 */
const DEATHS = 3
const WITHIN_MS = 10 * 60_000
const PAUSE_MS = 1000
const FIRST_REST_MS = 10_000
const LONGEST_REST_MS = 60_000
/** A signal at the terminal may reach the process before it reaches the launcher. */
const SETTLE_MS = 250
const STOP_LOOK_MS = 250

/**
 * Starts a process, and restarts it whenever it dies. The other processes go on meanwhile, so that a part that keeps
 * dying does not end the others. Resolves when the process has ended for good: `told` if it was told to end (or
 * everything is stopping), `failed` if it could not start at all.
 */
export async function keepRunning({
  name,
  meanwhile,
  launch,
  wasUp,
  isStopping,
  say = console.error,
  wait = pause,
}: Kept): Promise<'told' | 'failed'> {
  const deaths: number[] = []
  for (;;) {
    const process = launch()
    const code = await process.ended
    await wait(SETTLE_MS)
    if (isStopping() || code === 0) return 'told'
    if (!wasUp()) return 'failed'
    deaths.push(Date.now())
    const often = deaths.filter((at) => at > Date.now() - WITHIN_MS).length
    const { signalCode } = process.child
    const how = signalCode ? `by ${signalCode}` : `with code ${code}`
    const restMs = often > DEATHS ? Math.min(FIRST_REST_MS * 2 ** (often - DEATHS - 1), LONGEST_REST_MS) : PAUSE_MS
    if (often > DEATHS)
      say(
        `${name} has ended ${often} times within ten minutes, now ${how}. The lines above may say why. It starts again in ${restMs / 1000} s; ${meanwhile}`,
      )
    else say(`${name} has ended unexpectedly (${how}). It starts again; ${meanwhile}`)
    for (let left = restMs; left > 0 && !isStopping(); left -= STOP_LOOK_MS) await wait(Math.min(left, STOP_LOOK_MS))
    if (isStopping()) return 'told'
  }
}

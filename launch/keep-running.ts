import { setTimeout as pause } from 'node:timers/promises'
import type { Started } from './processes.ts'

export interface Kept {
  readonly name: string
  /** What becomes of the rest meanwhile, for the line that says that it starts again. */
  readonly meanwhile: string
  launch(): Started
  /** Whether it has ever come so far that it works. One that never did said why, and starting it again would say the same. */
  wasUp(): boolean
  isStopping(): boolean
  readonly say?: (line: string) => void
  readonly wait?: (ms: number) => Promise<unknown>
}

/** So often within ten minutes it is started again at once; a machine that it keeps busy by dying gets rests that grow. */
const DEATHS = 3
const WITHIN_MS = 10 * 60_000
const PAUSE_MS = 1000
const FIRST_REST_MS = 10_000
const LONGEST_REST_MS = 60_000
/** A signal at the terminal may reach a process before it reaches us. */
const SETTLE_MS = 250
const STOP_LOOK_MS = 250

/**
 * Starts a process, and again whenever it dies: what else runs goes on meanwhile, so that one part that keeps dying takes
 * no other with it. Resolves when it has ended for good: `told` to (or the whole is stopping), or `failed` where it could
 * not start at all.
 */
export async function keepRunning({ name, meanwhile, launch, wasUp, isStopping, say = console.error, wait = pause }: Kept): Promise<'told' | 'failed'> {
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
    if (often > DEATHS) say(`${name} has ended ${often} times within ten minutes, now ${how}. The lines above may say why. It starts again in ${restMs / 1000} s; ${meanwhile}`)
    else say(`${name} has ended unexpectedly (${how}). It starts again; ${meanwhile}`)
    for (let left = restMs; left > 0 && !isStopping(); left -= STOP_LOOK_MS) await wait(Math.min(left, STOP_LOOK_MS))
    if (isStopping()) return 'told'
  }
}

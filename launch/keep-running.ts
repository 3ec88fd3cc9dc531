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

const DEATHS = 3
const WITHIN_MS = 10 * 60_000
const PAUSE_MS = 1000
/** A signal at the terminal may reach a process before it reaches us. */
const SETTLE_MS = 250

/**
 * Starts a process, and again when it dies, but not for ever. Resolves when it has ended for good: `told` to (or the
 * whole is stopping), `failed` where it could not start, `given up` after three deaths within ten minutes.
 */
export async function keepRunning({ name, meanwhile, launch, wasUp, isStopping, say = console.error, wait = pause }: Kept): Promise<'told' | 'failed' | 'given up'> {
  const deaths: number[] = []
  for (;;) {
    const process = launch()
    const code = await process.ended
    await wait(SETTLE_MS)
    if (isStopping() || code === 0) return 'told'
    if (!wasUp()) return 'failed'
    const signal = process.child.signalCode
    deaths.push(Date.now())
    const often = deaths.filter((at) => at > Date.now() - WITHIN_MS).length
    const how = signal ? `by ${signal}` : `with code ${code}`
    if (often > DEATHS) {
      say(`${name} has ended once more (${how}), ${often} times within ten minutes, and is not started again. The lines above may say why.`)
      return 'given up'
    }
    say(`${name} has ended unexpectedly (${how}). It starts again; ${meanwhile}`)
    await wait(PAUSE_MS)
    if (isStopping()) return 'told'
  }
}

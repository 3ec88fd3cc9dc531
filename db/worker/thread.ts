import { Worker } from 'node:worker_threads'
import { RefusalError } from '../../protocol/errors.ts'
import type { Answered, Asked, Calls, Remote } from './port.ts'

/** The thread stopped before it answered. The work it had begun may or may not be done; the files show which. */
export class ThreadStoppedError extends Error {
  constructor() {
    super('The thread stopped before it answered.')
  }
}

export interface Thread<C extends Calls> {
  readonly calls: Remote<C>
  stop(): Promise<void>
}

export interface ThreadOptions {
  readonly entry: URL
  /** The thread's input, each time it starts. */
  readonly data: () => unknown
  /** The thread died and a new one runs; the new one opens the files again and repairs what was interrupted. */
  readonly onRestart: (error: Error) => void
}

const RESTARTS_AT_MOST = 5
/**
 * Memory for the new objects of a thread, instead of up to 48 MB: a workstation that takes calls uses some 50 MB less
 * this way (`bench memory`). This is not set for the shell's own thread, where the screen pops of a busy workstation
 * came later with it (`bench pop`).
 */
const NEW_OBJECTS_MB = 4
const RESTARTS_WITHIN_MS = 60_000

/**
 * Starts a thread and talks to it. A thread that dies is restarted; one that keeps dying is restarted a minute later.
 */
export function startThread<C extends Calls>({ entry, data, onRestart }: ThreadOptions): Thread<C> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const restarts: number[] = []
  let lastId = 0
  let stopping = false
  let worker: Worker | null = null

  const start = () => {
    const started = new Worker(entry, {
      workerData: data(),
      resourceLimits: { maxYoungGenerationSizeMb: NEW_OBJECTS_MB },
    })
    worker = started
    let failure: Error | null = null
    started.on('message', (answered: Answered) => {
      const asked = waiting.get(answered.id)
      waiting.delete(answered.id)
      if (answered.ok) asked?.resolve(answered.value)
      else asked?.reject(errorOf(answered))
    })
    started.on('error', (error) => {
      failure = error instanceof Error ? error : new Error('The thread failed.')
    })
    started.on('exit', () => {
      for (const asked of waiting.values()) asked.reject(failure ?? new ThreadStoppedError())
      waiting.clear()
      worker = null
      if (stopping) return
      const now = performance.now()
      restarts.push(now)
      while (restarts[0]! < now - RESTARTS_WITHIN_MS) restarts.shift()
      const reason = failure ?? new ThreadStoppedError()
      // A thread that dies at once every time is restarted later, so that it does not keep the machine busy.
      if (restarts.length > RESTARTS_AT_MOST) setTimeout(() => startAgain(reason), RESTARTS_WITHIN_MS).unref()
      else startAgain(reason)
    })
  }
  const startAgain = (reason: Error) => {
    if (stopping) return
    start()
    onRestart(reason)
  }
  start()

  const ask = (name: string, args: unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      if (!worker) {
        reject(new ThreadStoppedError())
        return
      }
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage({ id: lastId, name, args } satisfies Asked)
    })

  return {
    calls: new Proxy({} as Remote<C>, {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          ask(String(name), args),
    }),
    stop: async () => {
      stopping = true
      const exited = worker && new Promise((resolve) => worker?.once('exit', resolve))
      // The thread ends itself: terminating it in the middle of native code would end the whole program.
      await ask('close', []).catch(() => undefined)
      await exited
    },
  }
}

function errorOf(answered: Extract<Answered, { ok: false }>): Error {
  if (answered.refusal) return new RefusalError(answered.refusal.code, answered.refusal.params)
  return Object.assign(new Error(answered.message), answered.code ? { code: answered.code } : {})
}

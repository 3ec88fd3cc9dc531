import { fork } from 'node:child_process'
import type { BuiltSnapshot, SnapshotOrder } from './build-snapshot.ts'

export interface SnapshotBuilder {
  /** The finished file. Rejects with the error, also where the builder was ended. */
  readonly built: Promise<BuiltSnapshot>
  /** Kills the builder if it still runs. Resolves when it is gone; its half-written file stays. */
  end(): Promise<void>
}

type Told = { readonly built: BuiltSnapshot } | { readonly error: Error }

/**
 * Starts a process that carries out this order. The file's path is on the command line, so that an operator sees what
 * the process is for; the key and the database address are not.
 */
export function startSnapshotBuilder(order: SnapshotOrder): SnapshotBuilder {
  const child = fork(new URL('./snapshot-builder.ts', import.meta.url), [order.path], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let told: Told | null = null
  child.once('message', (message) => {
    told = message as Told
  })
  const gone = new Promise<Told>((resolve) => {
    child.on('error', (error) => {
      resolve({ error })
    })
    // Wait for `close` and not for `exit`: at `exit` its last message may still be on its way.
    child.once('close', (code, signal) => {
      resolve(told ?? { error: new Error(`the builder of the snapshot ended early (${signal ?? code})`) })
    })
  })
  // If the process could not be started, the `error` event has reported it already.
  child.send(order, () => undefined)
  return {
    built: gone.then((end) => {
      if ('error' in end) throw end.error
      return end.built
    }),
    end: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

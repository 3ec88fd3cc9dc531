import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { removeDisks, simulatedDisks } from './disk.ts'
import type { Order, Played, ThreadData } from './history-thread.ts'
import type { PlantedBug } from './planted-bugs.ts'

/**
 * Plays histories in as many threads as there are cores. The threads take `orders` one by one, until none is left or
 * `onPlayed` returns 'enough'.
 */
export async function playMany(
  orders: Iterable<Order>,
  onPlayed: (played: Played) => 'more' | 'enough',
): Promise<void> {
  const left = orders[Symbol.iterator]()
  // One folder for all threads, because a thread that is ended early removes nothing.
  const under = simulatedDisks()
  let enough = false
  const thread = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('history-thread.ts', import.meta.url), {
        workerData: { under } satisfies ThreadData,
      })
      const next = () => {
        const order = enough ? undefined : left.next()
        worker.postMessage(order?.value ?? null)
      }
      worker.on('message', (played: Played) => {
        if (onPlayed(played) === 'enough') enough = true
        next()
      })
      worker.once('error', reject)
      worker.once('exit', (code) => {
        if (code === 0) resolve()
        else reject(new Error(`a thread of histories ended early (${code})`))
      })
      next()
    })
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, thread))
  } finally {
    removeDisks(under)
  }
}

/** Histories of the product as it is. */
export function* histories(from: number, count: number): Generator<Order> {
  for (let seed = from; seed < from + count; seed += 1) yield { seed, bug: null }
}

/**
 * For each bug first the seed that found it before, then the seeds up to `most`, until `found` says that the bug was
 * found.
 */
export function* huntsFor(
  bugs: readonly PlantedBug[],
  most: number,
  found: (bug: string) => boolean,
): Generator<Order> {
  for (const { name, seed } of bugs) yield { seed, bug: name }
  for (let seed = 1; seed <= most; seed += 1)
    for (const bug of bugs) if (seed !== bug.seed && !found(bug.name)) yield { seed, bug: bug.name }
}

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Order, Played } from './history-thread.ts'

/** Plays histories in as many threads as there are cores; `orders` are taken one by one, until none is left or `onPlayed` says enough. */
export async function playMany(orders: Iterable<Order>, onPlayed: (played: Played) => 'more' | 'enough'): Promise<void> {
  const left = orders[Symbol.iterator]()
  let enough = false
  const thread = () => new Promise<void>((resolve, reject) => {
    const worker = new Worker(new URL('history-thread.ts', import.meta.url))
    const next = () => {
      const order = enough ? undefined : left.next()
      if (!order || order.done) void worker.terminate().then(() => resolve(), reject)
      else worker.postMessage(order.value)
    }
    worker.on('message', (played: Played) => {
      if (onPlayed(played) === 'enough') enough = true
      next()
    })
    worker.once('error', reject)
    next()
  })
  await Promise.all(Array.from({ length: availableParallelism() }, thread))
}

/** Histories of the product as it is. */
export function* histories(from: number, count: number): Generator<Order> {
  for (let seed = from; seed < from + count; seed += 1) yield { seed, bug: null }
}

/** For every bug seeds up to `most`, until `found` says that it was found. */
export function* huntsFor(bugs: readonly string[], most: number, found: (bug: string) => boolean): Generator<Order> {
  for (let seed = 1; seed <= most; seed += 1) for (const bug of bugs) if (!found(bug)) yield { seed, bug }
}

import { parentPort, workerData } from 'node:worker_threads'
import { playHistory, soundJoints, type History } from './history.ts'
import { plantedBugs } from './planted-bugs.ts'

export interface Order {
  readonly seed: number
  /** One of `planted-bugs.ts` by its name; null: the product as it is. */
  readonly bug: string | null
}
export interface ThreadData {
  /** Where its disks lie. */
  readonly under: string
}
export type Played = Omit<History, 'trace'> & { readonly bug: string | null; readonly trace: readonly string[] | null }

// A process that dies in a history leaves promises behind that nobody hears any more.
process.on('unhandledRejection', () => undefined)

/** null: there are no more. A thread ends itself: ended from outside in the middle of SQLite, it takes the process with it. */
parentPort!.on('message', (order: Order | null) => {
  void (async () => {
    if (!order) process.exit()
    const { seed, bug } = order
    const joints = bug === null ? soundJoints : plantedBugs.find(({ name }) => name === bug)!.joints
    const history = await playHistory(seed, joints, (workerData as ThreadData).under)
    const played: Played = { ...history, bug, trace: history.violation && bug === null ? history.trace : null }
    parentPort!.postMessage(played)
  })()
})

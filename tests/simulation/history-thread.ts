import { parentPort, workerData } from 'node:worker_threads'
import { playHistory, soundJoints, type History } from './history.ts'
import { plantedBugs } from './planted-bugs.ts'

export interface Order {
  readonly seed: number
  /** The name of one of `planted-bugs.ts`; null plays the product as it is. */
  readonly bug: string | null
}
export interface ThreadData {
  /** The folder that holds this thread's disks. */
  readonly under: string
}
export type Played = Omit<History, 'trace'> & { readonly bug: string | null; readonly trace: readonly string[] | null }

// A simulated process that dies leaves rejected promises behind that nothing waits for any more.
process.on('unhandledRejection', () => undefined)

/**
 * null means that there are no more orders. A thread ends itself: if it were ended from outside in the middle of
 * SQLite, the whole process would end.
 */
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

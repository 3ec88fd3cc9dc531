import { parentPort, workerData } from 'node:worker_threads'
import { buildSnapshot, type SnapshotOrder } from './build-snapshot.ts'

// A thread of its own: writing millions of rows must not make one call wait.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(await buildSnapshot(workerData as SnapshotOrder))

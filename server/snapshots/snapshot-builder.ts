import { buildSnapshot, type SnapshotOrder } from './build-snapshot.ts'

// This is a process of its own, which gets one order over its channel. Writing millions of rows must not delay a call,
// and a process can be killed in the middle of it; killing a thread inside SQLite would end the whole node. It ignores
// signals and runs until its node ends it, because Ctrl+C at the terminal is meant for the node, which ends its
// processes in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
// The node is gone, so nobody needs the file.
process.once('disconnect', () => {
  process.exit()
})

process.once('message', (order: SnapshotOrder) => {
  buildSnapshot(order)
    .then(
      (built) => process.send?.({ built }),
      (error: unknown) => process.send?.({ error }),
    )
    .finally(() => {
      process.disconnect()
    })
})

import { buildSnapshot, type SnapshotOrder } from './build-snapshot.ts'

// A process of its own, with one order over its channel: writing millions of rows must not make one call wait, and a
// process can be killed in the middle of it, where a thread inside SQLite would take the whole node with it.
// It goes on until its node ends it: Ctrl+C at the terminal is for the node, which ends the others in their order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
// Whatever ended the node: nobody is left whom the file is for.
process.once('disconnect', () => { process.exit() })

process.once('message', (order: SnapshotOrder) => {
  buildSnapshot(order).then(
    (built) => process.send?.({ built }),
    (error: unknown) => process.send?.({ error }),
  ).finally(() => { process.disconnect() })
})

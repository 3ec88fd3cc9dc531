import type { CommandStore } from '../commands/command-store.ts'
import type { CommandDesk } from '../commands/receive-batch.ts'
import type { Counters } from './counters.ts'

/** The store, with the time that each command's transaction takes. */
export const measuredStore = (store: CommandStore, counters: Pick<Counters, 'took'>): CommandStore => ({
  transaction: async (work) => {
    const began = performance.now()
    try {
      return await store.transaction(work)
    } finally {
      counters.took((performance.now() - began) / 1000)
    }
  },
})

/** The desk, with what became of each command. */
export const countedDesk = (desk: CommandDesk, counters: Pick<Counters, 'command'>): CommandDesk => ({
  receive: async (deviceId, batch) => {
    const reply = await desk.receive(deviceId, batch)
    for (const { outcome } of reply.outcomes) counters.command(outcome.kind)
    return reply
  },
})

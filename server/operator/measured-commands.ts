import type { CommandStore } from '../commands/command-store.ts'
import type { CommandDesk } from '../commands/receive-batch.ts'
import type { Counters } from './counters.ts'

/** Wraps the store and measures the time of each command's transaction. */
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

/** Wraps the receiver of commands and counts the outcomes. */
export const countedDesk = (desk: CommandDesk, counters: Pick<Counters, 'command'>): CommandDesk => ({
  receive: async (deviceId, batch) => {
    const reply = await desk.receive(deviceId, batch)
    for (const { outcome } of reply.outcomes) counters.command(outcome.kind)
    return reply
  },
})

import type { z } from 'zod'
import type { CommandBatch, CommandOutcome, CommandReply } from '../../protocol/wire.ts'
import type { CommandStore } from './command-store.ts'
import { isPassing, takeCommand, type Taken } from './take-command.ts'

export interface CommandDesk {
  /** Takes a device's commands one after another. Each is committed before it is acknowledged. */
  receive(deviceId: string, batch: z.infer<typeof CommandBatch>): Promise<z.infer<typeof CommandReply>>
}

export interface CommandDeskOptions {
  readonly store: CommandStore
  readonly now: () => number
  /** The site's time zone, for working time. */
  readonly timeZone: string
  /** The site's currency, for new customers. */
  readonly currency: string
  /** Called after a commit that left changes for the feed. */
  readonly onChanged: () => void
  readonly onError: (error: Error, commandId: string) => void
}

const TRIES = 3
const RETRY_AFTER_MS = 2000

export function createCommandDesk(options: CommandDeskOptions): CommandDesk {
  return {
    receive: async (deviceId, batch) => {
      const outcomes: { seq: number; outcome: CommandOutcome }[] = []
      let expected = 1
      // A command whose clock was wrong counts from its arrival. Rising arrival times keep such commands in the order
      // in which they were done.
      let arrived = -Infinity
      for (const envelope of batch.commands) {
        arrived = Math.max(options.now(), arrived + 1)
        const taken = await takePatiently(options, { deviceId, incarnation: batch.incarnation }, envelope, arrived)
        expected = taken.expected
        if (taken.failure) options.onError(taken.failure, envelope.commandId)
        // The command came ahead of its turn, or cannot be done now. The commands after it must not overtake it.
        if (taken.outcome === null) break
        outcomes.push({ seq: envelope.seq, outcome: taken.outcome })
        if (taken.outcome.kind === 'retryLater') break
        if (taken.changed) options.onChanged()
      }
      return { outcomes, expected }
    },
  }
}

type Envelope = z.infer<typeof CommandBatch>['commands'][number]

async function takePatiently(
  options: CommandDeskOptions,
  journal: { deviceId: string; incarnation: string },
  envelope: Envelope,
  now: number,
): Promise<Taken> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await takeCommand(options.store, journal, envelope, {
        now,
        timeZone: options.timeZone,
        currency: options.currency,
        lastTry: attempt === TRIES,
      })
    } catch (error) {
      if (isPassing(error) && attempt < TRIES) continue
      options.onError(error as Error, envelope.commandId)
      const busy = { code: 'CENTER_BUSY', params: { seconds: RETRY_AFTER_MS / 1000 } } as const
      return {
        outcome: { kind: 'retryLater', error: busy, afterMs: RETRY_AFTER_MS },
        expected: envelope.seq,
        changed: false,
        failure: null,
      }
    }
  }
}

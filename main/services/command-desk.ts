import type { Touched } from '../../db/apply/touched.ts'
import type { NewCommand } from '../../db/journal/commands.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { Along } from '../../db/worker/command-writes.ts'
import type { Failure } from '../../db/worker/shown-commands.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import { commands, type CommandInput, type CommandName } from '../../protocol/commands.ts'
import { ok, type Result } from '../../protocol/errors.ts'
import { notSignedIn, type SessionService } from './session.ts'

export interface CommandDeskOptions {
  readonly writer: Remote<WriterCalls>
  readonly session: SessionService
  readonly newId: () => string
  readonly onEntered: (touched: Touched) => void
  /** The command is in the journal, but the cache could not be written. */
  readonly onNotShown: (failure: Failure) => void
}

export interface CommandDesk {
  /**
   * Writes a command into the journal and shows it; `ok` means that it is on disk. `along` happens in the same commit.
   */
  run<C extends CommandName>(name: C, args: CommandInput<C>, along?: Along): Promise<Result<{ commandId: string }>>
}

/** Writes what people do on this workstation into the journal, under the signed-in user. */
export function createCommandDesk({ writer, session, newId, onEntered, onNotShown }: CommandDeskOptions): CommandDesk {
  return {
    run: async (name, args, along = {}) => {
      const [identity, sealing] = [session.identity(), session.sealing()]
      if (!identity || !sealing) return notSignedIn()
      const { timeZone, currency } = session.place()
      const command: NewCommand = {
        commandId: newId(),
        name,
        version: commands[name].version,
        args,
        userId: identity.userId,
        userName: identity.displayName,
        role: identity.role,
        timeZone,
        currency,
        at: session.siteNow(),
        sealing,
      }
      const entered = await writer.enter([command], along)
      if (!entered.ok) return entered
      onEntered(entered.touched)
      if (entered.notShown) onNotShown(entered.notShown)
      return ok({ commandId: command.commandId })
    },
  }
}

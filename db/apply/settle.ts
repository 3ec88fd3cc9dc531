import type { ReadableDb } from '../handles.ts'
import type { JournalledCommand } from '../journal/commands.ts'
import { serverVersion } from './server-rows.ts'

/**
 * The commands that the server has applied and whose rows are all here, in the versions that the server named or newer
 * ones.
 */
export function settledCommands(cache: ReadableDb, commands: readonly JournalledCommand[]): number[] {
  return commands
    .filter(({ outcome, state }) => {
      if (state !== 'applied' || !outcome || !('versions' in outcome)) return false
      return outcome.versions.every(({ entity, id, version }) => serverVersion(cache, entity, id) >= version)
    })
    .map((command) => command.seq)
}

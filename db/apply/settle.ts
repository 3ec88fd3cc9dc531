import type { ReadableDb } from '../handles.ts'
import type { JournalledCommand } from '../journal/commands.ts'
import { serverVersion } from './server-rows.ts'

/** Commands that the server has done and whose rows, as new as it named them or newer, are all here. */
export function settledCommands(cache: ReadableDb, commands: readonly JournalledCommand[]): number[] {
  return commands.filter(({ outcome, state }) => {
    if (state !== 'applied' || !outcome || !('versions' in outcome)) return false
    return outcome.versions.every(({ entity, id, version }) => serverVersion(cache, entity, id) >= version)
  }).map((command) => command.seq)
}

import { withoutTexts } from '../../domain/erased-outcome.ts'
import type { CommandOutcome } from '../../protocol/wire.ts'
import type { Client } from '../db/connect.ts'

/**
 * Removes the arguments and texts of stored commands that name one of these ids or gave a version to one. Their number,
 * hash and kind of outcome stay, because counting the journals and recognising repeated commands need them. Reads every
 * stored command once.
 */
export async function scrubCommands(client: Client, ids: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ commandId: string; outcome: CommandOutcome }>(
    `select command_id as "commandId", outcome from command_result
     where exists (
       select 1 from regexp_matches(args::text || outcome::text, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', 'gi') as named(id)
       where named.id[1]::uuid = any($1::uuid[]))`,
    [ids],
  )
  for (const { commandId, outcome } of rows) {
    await client.query(`update command_result set args = 'null', outcome = $2 where command_id = $1`, [
      commandId,
      JSON.stringify(withoutTexts(outcome)),
    ])
  }
  return rows.length
}

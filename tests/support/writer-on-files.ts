import { randomBytes } from 'node:crypto'
import { createWriter, type WriterCalls } from '../../db/worker/writer.ts'
import type { SealingKey } from '../../db/journal/command-seal.ts'
import type { NewCommand } from '../../db/journal/commands.ts'
import { commands, type CommandInput, type CommandName } from '../../protocol/commands.ts'
import { UserId } from '../../protocol/scalars.ts'

export const JOURNAL_KEY = '11'.repeat(32)
export const someUser = UserId.parse('0198a000-0000-7000-8000-000000000001')

let stamps = 0

/** The key of the sign-in in which the tests work. */
export const sealing: SealingKey = {
  sessionId: '0198a000-0000-7000-8000-0000000000f1',
  sealKey: Buffer.alloc(32, 7).toString('base64url'),
}

/** The writing half of a workstation on real files, without its thread. */
export function openWriter(folder: string): WriterCalls {
  stamps += 1
  return createWriter({
    folder,
    journalKeyHex: JOURNAL_KEY,
    newKeyHex: [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')],
    stamp: `test-${stamps}`,
  })
}

export const newCommand = <C extends CommandName>(
  name: C,
  args: CommandInput<C>,
  at = 1_700_000_000_000,
): NewCommand => ({
  commandId: crypto.randomUUID(),
  name,
  version: commands[name].version,
  args,
  userId: someUser,
  userName: 'Anna',
  role: 'agent',
  timeZone: 'UTC',
  currency: 'CNY',
  at,
  sealing,
})

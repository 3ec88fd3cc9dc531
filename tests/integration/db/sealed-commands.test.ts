import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openJournal } from '../../../db/journal/open-journal.ts'
import { sealOf, type SealingKey } from '../../../db/journal/command-seal.ts'
import { CustomerId, UserId } from '../../../protocol/scalars.ts'
import type { CommandOutcome } from '../../../protocol/wire.ts'
import { createWriterOn } from '../../../db/worker/writer.ts'
import { openPlainFiles } from '../../support/plain-files.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { JOURNAL_KEY, newCommand, openWriter, sealing, someUser } from '../../support/writer-on-files.ts'

const later: SealingKey = {
  sessionId: '0198a000-0000-7000-8000-0000000000f2',
  sealKey: Buffer.alloc(32, 8).toString('base64url'),
}
const customerId = CustomerId.parse(crypto.randomUUID())
const setPreference = (value: string) =>
  newCommand('preference.set', { preferenceId: crypto.randomUUID(), customerId, key: 'room', value, source: 'said' })
const parked = (code: 'SEAL_UNKNOWN' | 'SEAL_BROKEN' | 'SIGN_IN_OVER'): CommandOutcome => ({
  kind: 'parked',
  error: { code, params: {} },
})

it('a command is sealed when it is entered, and keeps its seal when the journal is renumbered', () => {
  const writer = openWriter(tempFolder())
  const command = setPreference('quiet')
  writer.enter([setPreference('first'), command], {})
  expect(writer.toSend(1e6)[1]?.seal).toEqual(sealOf(sealing, command))
  writer.recordOutcomes([{ seq: 1, outcome: { kind: 'applied', versions: [] } }], 5)
  writer.beginIncarnation(crypto.randomUUID(), 'unsent')
  expect(writer.toSend(1e6)).toMatchObject([{ seq: 1, commandId: command.commandId, seal: sealOf(sealing, command) }])
  writer.close()
})

it('the key of a sign-in is nowhere in the journal except with the sign-in itself', () => {
  const folder = tempFolder()
  const writer = openWriter(folder)
  writer.enter([setPreference('quiet')], {})
  writer.close()
  const db = openJournal(join(folder, 'journal.db'), JOURNAL_KEY)
  const all = JSON.stringify([db.all('SELECT * FROM "command"'), db.all('SELECT * FROM "meta"')])
  expect(all).toContain(sealing.sessionId)
  expect(all).not.toContain(sealing.sealKey)
  db.close()
})

it('a command whose sign-in the server does not know is sealed again for the same user, under its id and at the end; no other command is', () => {
  const writer = openWriter(tempFolder())
  const [unknown, broken, over, waiting] = ['unknown', 'broken', 'over', 'waiting'].map(setPreference)
  writer.enter([unknown!, broken!, over!, waiting!], {})
  writer.recordOutcomes(
    [
      { seq: 1, outcome: parked('SEAL_UNKNOWN') },
      { seq: 2, outcome: parked('SEAL_BROKEN') },
      { seq: 3, outcome: parked('SIGN_IN_OVER') },
    ],
    5,
  )

  writer.sealAnew(UserId.parse(crypto.randomUUID()), later)
  expect(writer.toSend(1e6).map(({ commandId }) => commandId)).toEqual([waiting!.commandId])
  // Sealing again in the same unknown sign-in would change nothing.
  writer.sealAnew(someUser, sealing)
  expect(writer.toSend(1e6)).toHaveLength(1)

  writer.sealAnew(someUser, later)
  expect(writer.toSend(1e6)).toMatchObject([
    { seq: 4, commandId: waiting!.commandId, seal: sealOf(sealing, waiting!) },
    { seq: 5, commandId: unknown!.commandId, seal: sealOf(later, unknown!) },
  ])
  expect(writer.counts(someUser)).toEqual({ unsent: 2, needsAttention: 2 })
  writer.close()
})

it('a person who sends a command again does so in their present sign-in', () => {
  const writer = openWriter(tempFolder())
  const command = setPreference('quiet')
  writer.enter([command], {})
  writer.recordOutcomes([{ seq: 1, outcome: parked('SIGN_IN_OVER') }], 5)
  const again = crypto.randomUUID()
  writer.retry(someUser, command.commandId, again, 9, later)
  expect(writer.toSend(1e6)).toMatchObject([
    { commandId: again, seal: sealOf(later, { ...command, commandId: again, at: 9 }) },
  ])
  writer.close()
})

it('no byte of the key is left once the sign-in has ended here, however often it was written', async () => {
  const folder = tempFolder()
  const files = openPlainFiles(folder)
  const writer = createWriterOn(files, folder)
  for (let times = 0; times < 40; times += 1) {
    writer.remember({
      session: JSON.stringify({ identity: 'x'.repeat(times * 20), sealKey: sealing.sealKey }),
      reachedAt: String(times),
      [`fact${times}`]: 'y'.repeat(times * 5),
    })
    writer.enter([setPreference(`value ${times}`)], {})
  }
  expect(files.bytes().journal.includes(sealing.sealKey)).toBe(true)
  await writer.forgetSignIn()
  expect(files.bytes().journal.includes(sealing.sealKey)).toBe(false)
  expect(writer.opened().remembered['session']).toBeUndefined()
  files.close()
})

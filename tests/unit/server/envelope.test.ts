import { expect, test } from 'vitest'
import { z } from 'zod'
import { upgradedArgs, argumentUpgrades, type ArgumentUpgrades } from '../../../domain/commands/upgraded-args.ts'
import { CommandName, commands } from '../../../protocol/commands.ts'
import type { CommandEnvelope } from '../../../protocol/wire.ts'
import { checkEnvelope, envelopeHash } from '../../../server/commands/envelope.ts'

/**
 * A later release in which claiming a task has a reason since the command's second version, and an amount since its
 * third.
 */
const later = {
  ...commands,
  'task.claim': { version: 3, args: z.strictObject({ taskId: z.uuid(), why: z.string(), times: z.int() }) },
} as unknown as typeof commands
const upgrades: ArgumentUpgrades = {
  'task.claim': {
    1: (args) => ({ ...(args as object), why: 'nobody said' }),
    2: (args) => ({ ...(args as object), times: 1 }),
  },
}
const taskId = crypto.randomUUID()
const check = (version: number, args: unknown, known = { commands: later, upgrades }) => {
  const envelope: Omit<CommandEnvelope, 'hash' | 'seal'> = {
    seq: 1,
    commandId: crypto.randomUUID(),
    name: 'task.claim',
    version,
    args,
    userId: crypto.randomUUID() as never,
    at: 1,
  }
  return checkEnvelope({ ...envelope, hash: envelopeHash(envelope), seal: null }, known)
}

test('a command that was entered before an upgrade is accepted in the present form of its arguments', () => {
  expect(check(1, { taskId })).toEqual({
    ok: true,
    value: { name: 'task.claim', args: { taskId, why: 'nobody said', times: 1 } },
  })
  expect(check(2, { taskId, why: 'mine' })).toEqual({
    ok: true,
    value: { name: 'task.claim', args: { taskId, why: 'mine', times: 1 } },
  })
  expect(check(3, { taskId, why: 'mine', times: 2 })).toMatchObject({ ok: true })
})

test('the upgraded command is checked against the newest form, and an unreadable one does not stop the commands after it', () => {
  expect(check(1, { taskId: 'none' })).toMatchObject({ ok: false, error: { code: 'BAD_ARGUMENT' } })
  for (const args of [null, 7, [], 'text'])
    expect(check(1, args)).toMatchObject({ ok: false, error: { code: 'BAD_ARGUMENT' } })
  expect(
    check(1, null, {
      commands: later,
      upgrades: { 'task.claim': { 1: (args) => (args as { a: { b: string } }).a.b, 2: (args) => args } },
    }),
  ).toMatchObject({ ok: false, error: { code: 'BAD_ARGUMENT' } })
})

test('a version that is newer than this server, or does not exist, is refused by name', () => {
  for (const version of [4, 0, -1, 1.5])
    expect(check(version, { taskId })).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_NAME', params: { name: `task.claim ${version}` } },
    })
})

test('every version that a command ever had can be upgraded to its newest', () => {
  for (const name of CommandName.options) {
    for (let version = 1; version < commands[name].version; version += 1)
      expect(argumentUpgrades[name]?.[version], `${name} ${version}`).toBeTypeOf('function')
    expect(upgradedArgs(name, commands[name].version, 'as they are')).toBe('as they are')
  }
})

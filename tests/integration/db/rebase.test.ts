import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openReadable } from '../../../db/open.ts'
import { readRow } from '../../../db/rows/store.ts'
import type { WriterCalls } from '../../../db/worker/writer.ts'
import { rowsReadBy, runCommand } from '../../../domain/commands/run.ts'
import type { CommandArgs, CommandName } from '../../../protocol/commands.ts'
import type { EntityName, Row } from '../../../protocol/entities.ts'
import { CACHE_SCHEMA } from '../../../protocol/version.ts'
import type { Change, CommandEnvelope, CommandOutcome } from '../../../protocol/wire.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { newCommand, openWriter, someUser } from '../../support/writer-on-files.ts'

const SEED = 20260321
const customer = { ...entityExamples.customer(), organisationId: null, version: 1 }
const preferences = [0, 1].map((n) => ({
  ...entityExamples.preference(),
  customerId: customer.id,
  key: `key-${n}`,
  version: 1,
}))
const task = { ...entityExamples.task(), customerId: customer.id, status: 'open' as const, version: 1 }
const complaint = {
  ...entityExamples.complaint(),
  customerId: customer.id,
  step: 'logged' as const,
  closedAt: null,
  version: 1,
}

/** The server in one process: rows, versions, a feed and the commands' own rules. */
function createCenterModel() {
  const rows = new Map<string, Row<EntityName>>()
  const log: Change[] = []
  const versions = new Map<string, number>()
  const nextVersion = (id: string) => {
    versions.set(id, (versions.get(id) ?? 0) + 1)
    return versions.get(id)!
  }
  const put = (entity: EntityName, row: object) => {
    const id = (row as { id: string }).id
    const version = nextVersion(id)
    const next = { ...row, version } as Row<EntityName>
    rows.set(`${entity}/${id}`, next)
    log.push({ seq: log.length + 1, entity, id, version, scope: 'org', row: next })
    return { entity, id, version }
  }
  const remove = (entity: EntityName, id: string) => {
    if (!rows.delete(`${entity}/${id}`)) return
    log.push({ seq: log.length + 1, entity, id, version: nextVersion(id), scope: 'org', row: null })
  }
  const take = (envelope: CommandEnvelope): CommandOutcome => {
    const name = envelope.name as CommandName
    const args = envelope.args as CommandArgs<CommandName>
    const read = {
      get: (entity: EntityName, id: string) => rows.get(`${entity}/${id}`) ?? null,
      ofCustomer: (entity: EntityName, customerId: string) =>
        [...rows]
          .filter(([key, row]) => key.startsWith(`${entity}/`) && 'customerId' in row && row.customerId === customerId)
          .map(([, row]) => row),
    }
    rowsReadBy(name, args)
    const effect = runCommand(name, args, read as never, {
      actor: { userId: someUser, role: 'agent', team: null },
      at: envelope.at,
      timeZone: 'UTC',
      currency: 'CNY',
      issueNumber: () => 'N-1',
    })
    return effect.kind === 'changes'
      ? { kind: 'applied', versions: effect.changes.map((change) => put(change.entity, change.row)) }
      : effect
  }
  return { rows, log, put, remove, take }
}

type Step =
  | 'set'
  | 'confirm'
  | 'addTask'
  | 'doneTask'
  | 'advance'
  | 'theirPreference'
  | 'theirDelete'
  | 'theirTask'
  | 'take'
  | 'outcome'
  | 'feed'
  | 'restart'
const steps: Step[] = [
  'set',
  'confirm',
  'addTask',
  'doneTask',
  'advance',
  'theirPreference',
  'theirDelete',
  'theirTask',
  'take',
  'take',
  'outcome',
  'outcome',
  'feed',
  'feed',
  'restart',
]

describe('pending commands over the server’s rows', () => {
  it('end up as the server’s rows, in whatever order outcomes and pages arrive', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...steps), fc.nat(9)), { minLength: 5, maxLength: 40 }),
        async (history) => {
          const folder = tempFolder()
          const center = createCenterModel()
          let writer: WriterCalls = openWriter(folder)
          const outcomes: { seq: number; outcome: CommandOutcome }[] = []
          const taken = new Set<number>()
          let fed = 0
          for (const row of [customer, ...preferences, task, complaint]) {
            const entity =
              row === customer ? 'customer' : row === task ? 'task' : row === complaint ? 'complaint' : 'preference'
            center.put(entity, row)
          }

          const feed = async (count: number) => {
            const after = fed
            const changes = center.log.slice(after, after + count)
            fed += changes.length
            if (changes.length > 0) await writer.applyPage({ epoch: null, after, upTo: fed, changes })
          }
          const takeNext = () => {
            const next = writer.toSend(200_000).find((envelope) => !taken.has(envelope.seq))
            if (!next) return false
            taken.add(next.seq)
            writer.markSent([next.seq])
            outcomes.push({ seq: next.seq, outcome: center.take(next) })
            return true
          }
          const tell = () => {
            const next = outcomes.shift()
            if (next) writer.recordOutcomes([next], 1)
            return next !== undefined
          }
          await feed(99)

          for (const [step, n] of history) {
            const preference = preferences[n % 2]!
            switch (step) {
              case 'set':
                writer.enter(
                  [
                    newCommand('preference.set', {
                      preferenceId: preference.id,
                      customerId: customer.id,
                      key: preference.key,
                      value: `mine ${n}`,
                      source: 'said',
                    }),
                  ],
                  {},
                )
                break
              case 'confirm':
                writer.enter(
                  [newCommand('preference.confirm', { preferenceId: preference.id, customerId: customer.id })],
                  {},
                )
                break
              case 'addTask':
                writer.enter(
                  [
                    newCommand('task.add', {
                      taskId: crypto.randomUUID(),
                      customerId: customer.id,
                      kind: 'callback',
                      title: 't',
                      detail: '',
                      dueAt: 1_800_000_000_000,
                      ownerUserId: null,
                      callbackNumber: null,
                    }),
                  ],
                  {},
                )
                break
              case 'doneTask':
                writer.enter([newCommand('task.done', { taskId: task.id })], {})
                break
              case 'advance':
                writer.enter(
                  [
                    newCommand('complaint.advance', {
                      complaintId: complaint.id,
                      customerId: customer.id,
                      from: 'logged',
                      to: 'informed',
                      department: null,
                      comment: `c${n}`,
                    }),
                  ],
                  {},
                )
                break
              case 'theirPreference':
                center.put('preference', { ...preference, value: `theirs ${n}` })
                break
              case 'theirDelete':
                center.remove('preference', preference.id)
                break
              case 'theirTask':
                center.put('task', { ...task, status: n % 2 ? 'done' : 'open', title: `theirs ${n}` })
                break
              case 'take':
                takeNext()
                break
              case 'outcome':
                tell()
                break
              case 'feed':
                await feed(1 + (n % 3))
                break
              case 'restart':
                writer.close()
                writer = openWriter(folder)
                break
              default:
                step satisfies never
            }
          }
          while (takeNext()) {
            /* all of them */
          }
          while (tell()) {
            /* every outcome */
          }
          await feed(999)

          const { path, keyHex } = writer.cacheFile()
          const cache = openReadable({ path, keyHex, purpose: 'cache', schema: CACHE_SCHEMA })
          try {
            expect(cache.all('SELECT * FROM "confirmed"')).toEqual([])
            for (const entity of ['customer', 'preference', 'task', 'complaint'] as const) {
              const theirs = [...center.rows].filter(([key]) => key.startsWith(`${entity}/`)).map(([, row]) => row)
              const ours = cache
                .all<{ id: string }>(`SELECT "id" FROM "${entity}"`)
                .map(({ id }) => readRow(cache, entity, id))
              const byId = (a: { id: string } | null, b: { id: string } | null) => (a!.id < b!.id ? -1 : 1)
              expect(ours.toSorted(byId)).toEqual(theirs.toSorted(byId))
            }
            expect(writer.counts(null).unsent).toBe(0)
          } finally {
            cache.close()
            writer.close()
          }
        },
      ),
      { seed: SEED, numRuns: 60 },
    )
  })
})

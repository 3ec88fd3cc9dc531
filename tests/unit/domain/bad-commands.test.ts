import { describe, expect, test } from 'vitest'
import type { CommandContext, Effect, Rows } from '../../../domain/commands/define.ts'
import { rowsAlsoReadBy, rowsReadBy, runCommand } from '../../../domain/commands/run.ts'
import { isBlank, lineProblem, trimmed } from '../../../domain/visible-text.ts'
import { commands, type CommandArgs, type CommandName } from '../../../protocol/commands.ts'
import type { EntityName } from '../../../protocol/entities.ts'
import { errorSentences } from '../../../protocol/errors.ts'
import { reasons, reasonOf } from '../../../protocol/reasons.ts'
import { words } from '../../../renderer/i18n/words.ts'
import { badCommands, twoBuyers, type BadCommand } from '../../support/bad-commands.ts'

const now = Date.UTC(2026, 10, 30, 6)
const site = twoBuyers()
const atServer: CommandContext = {
  actor: { userId: crypto.randomUUID() as never, role: 'manager', team: 'one' },
  at: now,
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  issueNumber: () => 'N-1',
}

function effectOf({ name, args }: Pick<BadCommand, 'name' | 'args'>, context = atServer): Effect {
  const parsed = commands[name].args.safeParse(args)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return {
      kind: 'refused',
      error: { code: 'BAD_ARGUMENT', params: { field: issue!.path.join('.'), problem: reasonOf(issue) } },
    }
  }
  const given = parsed.data as CommandArgs<CommandName>
  const all = site as unknown as Partial<Record<EntityName, { id: string; customerId?: string }[]>>
  const refs = [...rowsReadBy(name, given)]
  const rows: Rows = {
    get: (entity, id) => {
      if (!refs.some((ref) => ref.entity === entity && 'id' in ref && ref.id === id))
        throw new Error(`${name} asked for a ${entity} that it did not name`)
      return (all[entity]?.find((row) => row.id === id) ?? null) as never
    },
    ofCustomer: (entity, customerId) => (all[entity] ?? []).filter((row) => row.customerId === customerId) as never,
    lastTold: () => null,
  }
  refs.push(...rowsAlsoReadBy(name, given, rows))
  return runCommand(name, given, rows, context)
}

const table = badCommands(site, now)

test.each(table)('$name with $what is refused', (bad) => {
  const effect = effectOf(bad)
  expect(effect).toMatchObject({ kind: 'refused', error: { code: bad.code, params: bad.params ?? {} } })
})

test('every refusal has words in both languages, and so has the field it names', () => {
  for (const { code, params } of table) {
    for (const language of ['en', 'zh'] as const) expect(words[language].errors).toHaveProperty(code)
    expect(errorSentences).toHaveProperty(code)
    if (params === undefined) continue
    expect(reasons).toHaveProperty(String(params['problem']))
    const field = String(params['field']).split('.').at(-1)!
    // A user never types an id, and no screen gives one twice.
    if (/(taskId|complaintId)$/.test(field)) continue
    expect(words.en.shell.typed).toHaveProperty(field)
    expect(words.zh.shell.typed).toHaveProperty(field)
  }
})

describe('commands that are accepted', () => {
  const [, mine] = site.customer
  const log = (orderId: string) =>
    effectOf({
      name: 'complaint.log',
      args: {
        complaintId: crypto.randomUUID(),
        customerId: mine!.id,
        subject: 'Broken',
        description: '',
        severity: 'low',
        orderId,
      },
    })

  test('a complaint may name an order of the customer or of their company', () => {
    expect([log(site.order[0]!.id).kind, log(site.order[2]!.id).kind]).toEqual(['changes', 'changes'])
    expect(log(crypto.randomUUID())).toMatchObject({ kind: 'refused', error: { code: 'ROW_UNKNOWN' } })
  })

  test('a workstation that does not hold an order leaves the check to the server', () => {
    const atWorkstation = { ...atServer, actor: { ...atServer.actor, team: null } }
    const args = {
      complaintId: crypto.randomUUID(),
      customerId: mine!.id,
      subject: 'Broken',
      description: '',
      severity: 'low',
      orderId: crypto.randomUUID(),
    }
    expect(effectOf({ name: 'complaint.log', args }, atWorkstation).kind).toBe('changes')
    expect(
      effectOf({ name: 'complaint.log', args: { ...args, orderId: site.order[1]!.id } }, atWorkstation),
    ).toMatchObject({ kind: 'refused', error: { params: { problem: 'otherCustomer' } } })
  })

  test('a name is kept without invisible characters around it, and a blank optional name counts as missing', () => {
    const effect = effectOf({
      name: 'customer.capture',
      args: {
        customerId: crypto.randomUUID(),
        contactPointId: crypto.randomUUID(),
        kind: 'person',
        displayName: ' \u200Fمحمد علي\u200F\u00A0',
        nativeName: '\u3000',
        organisationId: null,
        city: '\t',
        language: 'en',
        phone: null,
      },
    })
    expect(effect).toMatchObject({
      kind: 'changes',
      changes: [{ row: { displayName: 'محمد علي', nativeName: null, city: null } }],
    })
  })

  test.each([
    'Nguyễn Văn Đức',
    'نیلوفر می‌خواهد',
    'क्षत्रिय',
    '👩‍👩‍👧 Family Ltd',
    "O'Neill-Smith",
    '李伟',
    'Łukasz',
    'ᠮᠣᠩᠭᠣᠯ',
    '﷽',
  ])('%s is a name', (name) => {
    expect([lineProblem(name), isBlank(name), trimmed(name)]).toEqual([null, false, name])
  })

  test.each(['1980-03-12', '2024-02-29', '--02-29', '--12-31', '1900-01-01'])('%s is a birthday', (birthday) => {
    expect(
      effectOf({ name: 'customer.change', args: { customerId: mine!.id, was: { birthday: null }, now: { birthday } } })
        .kind,
    ).toBe('changes')
  })
})

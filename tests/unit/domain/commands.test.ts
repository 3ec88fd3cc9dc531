import { describe, expect, test } from 'vitest'
import type { CommandContext, Effect, Rows } from '../../../domain/commands/define.ts'
import { rowsAlsoReadBy, rowsReadBy, runCommand } from '../../../domain/commands/run.ts'
import { commands, type CommandArgs, type CommandName } from '../../../protocol/commands.ts'
import { earlierRevisionIds } from '../../../domain/interaction-revisions.ts'
import { saysNothing, wasTold } from '../../../domain/price-guard.ts'
import { entities, type Customer, type EntityName, type Quote } from '../../../protocol/entities.ts'

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = Date.parse('2026-11-19T10:00:00+08:00')
const context: CommandContext = {
  actor: { userId: id(1) as never, role: 'agent', team: null },
  at,
  timeZone: 'Asia/Shanghai',
  currency: 'EUR',
  issueNumber: (series) => `${series}-7`,
}

/** Runs a command on rows by entity; a command that asks for a row that its `reads` did not name fails the test. */
function run<C extends CommandName>(
  name: C,
  args: unknown,
  table: Partial<Record<EntityName, { id: string }[]>> = {},
  by = context,
): Effect {
  const parsed = commands[name].args.parse(args) as CommandArgs<C>
  const refs = [...rowsReadBy(name, parsed)]
  const rows: Rows = {
    get(entity, wanted) {
      if (!refs.some((r) => r.entity === entity && 'id' in r && r.id === wanted))
        throw new Error(`${name} asked for ${entity} it did not name`)
      return (table[entity]?.find((row) => row.id === wanted) ?? null) as never
    },
    ofCustomer(entity, customerId) {
      if (!refs.some((r) => r.entity === entity && 'customerId' in r && r.customerId === customerId))
        throw new Error(`${name} asked for all ${entity} it did not name`)
      return (table[entity] ?? []).filter(
        (row) => (row as unknown as { customerId: string }).customerId === customerId,
      ) as never
    },
    lastTold(customerId, productId) {
      if (!refs.some((r) => 'toldTo' in r && r.toldTo === customerId && r.productId === productId))
        throw new Error(`${name} asked for a told price it did not name`)
      const customers = (table.customer ?? []) as unknown as Customer[]
      const buyer = (of: Customer | undefined) => of?.organisationId ?? of?.id
      const told = ((table.quote ?? []) as unknown as Quote[]).filter(
        (q) =>
          !saysNothing.includes(q.status) &&
          wasTold(q) &&
          q.lines.some((l) => l.productId === productId) &&
          (q.customerId === buyer(customers.find((c) => c.id === customerId)) ||
            buyer(customers.find((c) => c.id === q.customerId)) === buyer(customers.find((c) => c.id === customerId))),
      )
      return told.toSorted((a, b) => b.issuedAt - a.issuedAt)[0] ?? null
    },
  }
  refs.push(...rowsAlsoReadBy(name, parsed, rows))
  const effect = runCommand(name, parsed, rows, by)
  // Every row that a command makes must fit the contract.
  if (effect.kind === 'changes')
    for (const c of effect.changes) entities[c.entity].schema.parse({ ...c.row, version: 1 })
  return effect
}
const changed = (effect: Effect, entity: EntityName) =>
  (effect.kind === 'changes' ? effect.changes.filter((c) => c.entity === entity).map((c) => c.row) : []) as Record<
    string,
    unknown
  >[]

const customer = {
  id: id(2),
  number: '10001',
  kind: 'person',
  profile: 'retail',
  displayName: 'Li Wei',
  givenName: 'Wei',
  familyName: 'Li',
  nativeName: '李伟',
  organisationId: null,
  language: 'zh',
  city: 'Shenzhen',
  country: 'CN',
  birthday: null,
  tier: 'top',
  customerSince: at,
  currency: 'CNY',
  lifetimeValueMinor: null,
  churnRisk: null,
  creditGrade: null,
  creditLimitMinor: null,
  ownerUserId: null,
  remark: null,
  version: 3,
  scope: 'org',
}
const product = {
  id: id(3),
  sku: 'PX-9',
  name: 'Panel',
  nativeName: null,
  unit: 'pc',
  currency: 'CNY',
  listPriceMinor: 19_000,
  floorPriceMinor: 17_500,
  active: true,
  version: 1,
  scope: 'org',
}
const quoteArgs = (unitPriceMinor: number, reason: string | null = null, quote = 10) => ({
  quoteId: id(quote),
  customerId: customer.id,
  supersedes: null,
  validUntil: at + 86_400_000 * 14,
  followUpTaskId: id(11),
  lines: [{ productId: product.id, quantity: 2, unitPriceMinor, reason }],
})
const quoted = (unitPriceMinor: number, status = 'issued') => {
  const [row] = changed(
    run('quote.issue', quoteArgs(unitPriceMinor, 'volume', 20), { customer: [customer], product: [product] }),
    'quote',
  )
  return { ...row!, id: id(20), status } as unknown as { id: string; lines: readonly { unitPriceMinor: number }[] }
}

describe('quoting', () => {
  test('the list price needs no reason where nothing was told before', () => {
    const effect = run('quote.issue', quoteArgs(19_000), { customer: [customer], product: [product] })
    expect(changed(effect, 'quote')[0]).toMatchObject({
      number: 'quote-7',
      totalMinor: 38_000,
      approval: 'none',
      issuedBy: context.actor.userId,
    })
  })

  test('another price than the list, or than what a colleague told this customer, needs a reason', () => {
    expect(run('quote.issue', quoteArgs(18_200), { customer: [customer], product: [product] })).toMatchObject({
      kind: 'refused',
      error: { code: 'PRICE_NEEDS_REASON', params: { reference: 'list' } },
    })
    const told = { customer: [customer], product: [product], quote: [quoted(18_200)] }
    expect(run('quote.issue', quoteArgs(19_000), told)).toMatchObject({
      kind: 'refused',
      error: { params: { reference: 'told', referenceMinor: 18_200 } },
    })
    expect(run('quote.issue', quoteArgs(18_200), told).kind).toBe('changes')
  })

  test('a quote cannot mix two currencies, because its total would be in neither', () => {
    const dollars = {
      ...product,
      id: id(4),
      sku: 'PX-9-US',
      currency: 'USD',
      listPriceMinor: 2_700,
      floorPriceMinor: 2_500,
    }
    const args = quoteArgs(19_000)
    const mixed = {
      ...args,
      lines: [...args.lines, { productId: dollars.id, quantity: 1, unitPriceMinor: 2_700, reason: null }],
    }
    expect(run('quote.issue', mixed, { customer: [customer], product: [product, dollars] })).toMatchObject({
      kind: 'refused',
      error: { code: 'BAD_ARGUMENT', params: { field: 'lines' } },
    })
  })

  test('a price told to the organisation counts as told to the person who calls for it, so no agent contradicts a colleague by accident', () => {
    const caller = { ...customer, organisationId: id(4) }
    const told = { customer: [caller], product: [product], quote: [{ ...quoted(18_200), customerId: id(4) }] }
    expect(run('quote.issue', quoteArgs(19_000), told)).toMatchObject({
      kind: 'refused',
      error: { params: { reference: 'told', referenceMinor: 18_200 } },
    })
    expect(run('quote.issue', quoteArgs(18_200), told).kind).toBe('changes')
    const instead = changed(run('quote.issue', { ...quoteArgs(18_200), supersedes: id(20) }, told), 'quote')
    expect(instead.map((row) => [row['id'], row['customerId'], row['status']])).toEqual([
      [id(10), customer.id, 'issued'],
      [id(20), id(4), 'superseded'],
    ])
  })

  test('a price told to a colleague of the customer, or to the organisation’s people, counts as told to the customer', () => {
    const [wei, jie, firm] = [
      { ...customer, organisationId: id(4) },
      { ...customer, id: id(5), organisationId: id(4) },
      { ...customer, id: id(4), kind: 'organisation' },
    ]
    const told = { customer: [wei, jie, firm], product: [product], quote: [{ ...quoted(18_200), customerId: id(5) }] }
    for (const to of [wei, firm]) {
      expect(run('quote.issue', { ...quoteArgs(19_000), customerId: to.id }, told)).toMatchObject({
        kind: 'refused',
        error: { params: { reference: 'told', referenceMinor: 18_200 } },
      })
      expect(run('quote.issue', { ...quoteArgs(18_200), customerId: to.id }, told).kind).toBe('changes')
    }
  })

  test('quotes for two people of one organisation are applied one after the other', () => {
    const rows = { get: () => ({ ...customer, organisationId: id(4) }) } as unknown as Rows
    expect(rowsAlsoReadBy('quote.issue', commands['quote.issue'].args.parse(quoteArgs(19_000)), rows)).toEqual([
      { entity: 'customer', id: id(4) },
    ])
  })

  test('a price told in another currency is another price: the new one needs a reason, and the refusal names the price that was told', () => {
    const told = { customer: [customer], product: [product], quote: [{ ...quoted(19_000), currency: 'EUR' }] as never }
    expect(run('quote.issue', quoteArgs(19_000), told)).toMatchObject({
      kind: 'refused',
      error: { code: 'PRICE_NEEDS_REASON', params: { reference: 'told', referenceMinor: 19_000, currency: 'EUR' } },
    })
    expect(run('quote.issue', quoteArgs(19_000, 'priced in yuan from now on'), told).kind).toBe('changes')
  })

  test('where a quote names a product twice, cheaper for a larger quantity, the lowest price is the one that was told', () => {
    const staged = quoted(18_200)
    const told = {
      customer: [customer],
      product: [product],
      quote: [
        { ...staged, lines: [...staged.lines, { ...staged.lines[0]!, quantity: 100, unitPriceMinor: 17_900 }] },
      ] as never,
    }
    expect(run('quote.issue', quoteArgs(18_200), told)).toMatchObject({
      kind: 'refused',
      error: { code: 'PRICE_NEEDS_REASON', params: { reference: 'told', referenceMinor: 17_900 } },
    })
    expect(run('quote.issue', quoteArgs(17_900), told).kind).toBe('changes')
  })

  test('a price that the customer rejected does not count as told', () => {
    expect(
      run('quote.issue', quoteArgs(19_000), {
        customer: [customer],
        product: [product],
        quote: [quoted(18_200, 'rejected')],
      }).kind,
    ).toBe('changes')
  })

  test('below the floor an agent’s quote waits for approval, and a supervisor’s is approved at once', () => {
    const rows = { customer: [customer], product: [product] }
    expect(changed(run('quote.issue', quoteArgs(17_000, 'competitor'), rows), 'quote')[0]).toMatchObject({
      approval: 'needed',
    })
    const floor: CommandContext = { ...context, actor: { ...context.actor, role: 'supervisor' } }
    expect(changed(run('quote.issue', quoteArgs(17_000, 'competitor'), rows, floor), 'quote')[0]).toMatchObject({
      approval: 'granted',
    })
  })

  test('a price below the floor cannot be accepted before a user with the right has approved it', () => {
    const [row] = changed(
      run('quote.issue', quoteArgs(17_000, 'volume'), { customer: [customer], product: [product] }),
      'quote',
    )
    const quote = { ...row, version: 1 } as never as { id: string }
    const answer = (given: 'accepted' | 'rejected') =>
      run('quote.answer', { quoteId: id(10), customerId: customer.id, answer: given }, { quote: [quote] })
    expect(answer('accepted')).toMatchObject({ kind: 'refused', error: { code: 'NOT_ALLOWED' } })
    expect(answer('rejected').kind).toBe('changes')
    expect(
      run(
        'quote.answer',
        { quoteId: id(10), customerId: customer.id, answer: 'accepted' },
        { quote: [{ ...quote, approval: 'granted' } as never] },
      ).kind,
    ).toBe('changes')
  })

  test('the agent who issued a quote follows it up three working days later', () => {
    const [task] = changed(run('quote.issue', quoteArgs(19_000), { customer: [customer], product: [product] }), 'task')
    expect(task).toMatchObject({
      kind: 'quoteFollowUp',
      ownerUserId: context.actor.userId,
      dueAt: Date.parse('2026-11-24T18:00:00+08:00'),
    })
  })
})

const supervisor: CommandContext = { ...context, actor: { userId: id(8) as never, role: 'supervisor', team: 'one' } }
const colleague: CommandContext = { ...context, actor: { userId: id(9) as never, role: 'agent', team: 'one' } }
const row = (effect: Effect, entity: EntityName, n = 0) =>
  ({ ...changed(effect, entity)[n]!, version: 1 }) as unknown as { id: string } & Record<string, unknown>
const later = (by: CommandContext, minutes: number): CommandContext => ({ ...by, at: by.at + minutes * 60_000 })

describe('a price below the floor', () => {
  const rows = { customer: [customer], product: [product] }
  const told = { ...quoted(19_000), id: id(20) }
  const ask = (supersedes: string | null = null) =>
    run('quote.issue', { ...quoteArgs(17_000, 'competitor'), supersedes }, { ...rows, quote: [told] })
  const waiting = row(ask(id(20)), 'quote')
  const decide = (decision: string, by = supervisor, table: object = {}) =>
    run(
      'quote.decide',
      { quoteId: id(10), customerId: customer.id, decision, reason: 'a good customer', followUpTaskId: id(12) },
      { customer: [customer], quote: [waiting, told], ...table },
      by,
    )

  test('waits for approval: the earlier price stays valid, nobody follows up, and the customer is told nothing', () => {
    const asked = ask(id(20))
    expect(changed(asked, 'quote')).toMatchObject([
      { id: id(10), status: 'issued', approval: 'needed', askedAt: at, supersedes: id(20) },
    ])
    expect(changed(asked, 'task')).toEqual([])
    // The next price is compared with the price that was told, and not with the one that waits.
    expect(run('quote.issue', { ...quoteArgs(19_000, null, 21) }, { ...rows, quote: [told, waiting] }).kind).toBe(
      'changes',
    )
  })

  test('is issued when it is approved: it replaces the earlier price, and the agent who asked follows it up', () => {
    const granted = decide('approve', later(supervisor, 30))
    expect(changed(granted, 'quote')).toMatchObject([
      {
        id: id(10),
        approval: 'granted',
        status: 'issued',
        issuedAt: at + 30 * 60_000,
        issuedBy: context.actor.userId,
        decidedBy: id(8),
        decisionReason: 'a good customer',
        decisionSeenAt: null,
      },
      { id: id(20), status: 'superseded' },
    ])
    expect(changed(granted, 'task')).toMatchObject([
      { id: id(12), kind: 'quoteFollowUp', ownerUserId: context.actor.userId, sourceId: id(10) },
    ])
  })

  test('is told to nobody when it is refused, and the earlier price stays valid', () => {
    const refusedPrice = decide('refuse')
    expect(changed(refusedPrice, 'quote')).toMatchObject([
      { id: id(10), approval: 'refused', status: 'rejected', decidedBy: id(8) },
    ])
    expect(changed(refusedPrice, 'task')).toEqual([])
  })

  test.each([
    ['an agent', colleague, {}, 'NOT_ALLOWED'],
    [
      'whoever asked for it, a supervisor by now',
      { ...supervisor, actor: { ...supervisor.actor, userId: context.actor.userId } },
      {},
      'APPROVAL_OWN',
    ],
    [
      'who comes second',
      supervisor,
      { quote: [{ ...waiting, approval: 'granted', decidedBy: id(7) }, told] },
      'APPROVAL_DECIDED',
    ],
    [
      'who comes after it was withdrawn',
      supervisor,
      { quote: [{ ...waiting, status: 'superseded' }, told] },
      'APPROVAL_DECIDED',
    ],
    ['who grants what is no longer valid', later(supervisor, 60 * 24 * 15), {}, 'APPROVAL_LAPSED'],
  ])('cannot be approved by %s', (_, by, table, code) => {
    expect(decide('approve', by, table)).toMatchObject({ kind: 'refused', error: { code } })
  })

  test('needs a sentence from the user who decides', () => {
    expect(
      commands['quote.decide'].args.safeParse({
        quoteId: id(10),
        customerId: customer.id,
        decision: 'refuse',
        reason: '  ',
        followUpTaskId: id(12),
      }).success,
    ).toBe(false)
  })

  test('does not change an accepted quote when it is approved', () => {
    expect(
      changed(decide('approve', supervisor, { quote: [waiting, { ...told, status: 'accepted' }] }), 'quote').map(
        (q) => q['id'],
      ),
    ).toEqual([id(10)])
  })

  test('replaces the first request when it is asked for again, and replaces the same quote', () => {
    const again = run(
      'quote.issue',
      { ...quoteArgs(17_200, 'competitor', 22), supersedes: id(10) },
      { ...rows, quote: [told, waiting] },
    )
    expect(changed(again, 'quote')).toMatchObject([
      { id: id(22), approval: 'needed', supersedes: id(20) },
      { id: id(10), status: 'superseded' },
    ])
    const atFloor = run(
      'quote.issue',
      { ...quoteArgs(17_500, 'settled', 22), supersedes: id(10) },
      { ...rows, quote: [told, waiting] },
    )
    expect(changed(atFloor, 'quote').map((q) => [q['id'], q['status']])).toEqual([
      [id(22), 'issued'],
      [id(10), 'superseded'],
      [id(20), 'superseded'],
    ])
  })

  test('stays with the agent who asked until they confirm that they have seen the decision, which only they can do', () => {
    const granted = row(decide('approve'), 'quote')
    const seen = (by: CommandContext) =>
      run('quote.seen', { quoteId: id(10), customerId: customer.id }, { quote: [granted] }, by)
    expect(changed(seen(context), 'quote')).toMatchObject([{ decisionSeenAt: at }])
    expect(seen(colleague)).toMatchObject({ error: { code: 'NOT_ALLOWED' } })
  })
})

describe('what a colleague did', () => {
  const note = {
    id: id(30),
    customerId: customer.id,
    channel: 'phone',
    direction: 'in',
    startedAt: at,
    endedAt: at + 5,
    callId: null,
    userId: id(1),
    queue: null,
    waitMs: null,
    talkMs: null,
    matter: null,
    outcome: null,
    nextStep: null,
    note: 'first',
    revision: 1,
    revisedBy: null,
    revisedAt: null,
    additions: [],
    version: 1,
    scope: 'org',
  }
  const revise = (text: string, by = context, of: object = note) =>
    run(
      'interaction.revise',
      { interactionId: id(30), customerId: customer.id, baseRevision: 1, note: text, matter: null, outcome: null },
      { interaction: [of as never] },
      by,
    )

  test.each([
    ['an agent', colleague],
    ['a supervisor', supervisor],
  ])('cannot be rewritten by %s, who adds to it instead', (_, by) => {
    expect(revise('mine now', by)).toMatchObject({ kind: 'refused', error: { code: 'NOT_YOURS' } })
    const added = run(
      'interaction.add',
      { interactionId: id(30), customerId: customer.id, text: 'and the lift is out' },
      { interaction: [note] },
      by,
    )
    expect(changed(added, 'interaction')[0]).toMatchObject({
      note: 'first',
      userId: id(1),
      revision: 1,
      additions: [{ by: by.actor.userId, at, text: 'and the lift is out' }],
    })
  })

  test('an agent revises their own note, and each earlier text is kept with its author and time', () => {
    const second = revise('second')
    expect(changed(second, 'interaction')[0]).toMatchObject({
      note: 'second',
      revision: 2,
      revisedBy: id(1),
      revisedAt: at,
    })
    expect(changed(second, 'interactionRevision')).toMatchObject([
      { interactionId: id(30), revision: 1, note: 'first', writtenBy: id(1), writtenAt: at + 5 },
    ])
    const third = revise('third', later(context, 1), row(second, 'interaction'))
    expect(changed(third, 'interactionRevision')).toMatchObject([{ revision: 2, note: 'second', writtenAt: at }])
    const ids = [second, third].map((effect) => changed(effect, 'interactionRevision')[0]!['id'])
    expect(earlierRevisionIds(row(third, 'interaction') as never, 50)).toEqual(ids.toReversed())
  })

  test('a written note cannot be emptied, neither by an edit nor by a second wrap-up', () => {
    for (const unseen of [' ', '\u200b\u2060'])
      expect(revise(unseen)).toMatchObject({
        kind: 'refused',
        error: { code: 'BAD_ARGUMENT', params: { field: 'note', problem: 'emptyNote' } },
      })
    const again = run(
      'interaction.wrapUp',
      {
        interactionId: id(30),
        customerId: customer.id,
        channel: 'phone',
        direction: 'in',
        callId: null,
        startedAt: at,
        endedAt: at,
        queue: null,
        waitMs: null,
        talkMs: null,
        note: '',
        matter: null,
        outcome: null,
        nextStep: null,
        followUp: null,
      },
      { customer: [customer], interaction: [note] },
    )
    expect(changed(again, 'interaction')[0]).toMatchObject({ note: 'first', revision: 2 })
  })

  test('an accepted quote is neither replaced nor rejected, and a new one is added beside it', () => {
    const accepted = { ...quoted(19_000), status: 'accepted' }
    const beside = run(
      'quote.issue',
      { ...quoteArgs(18_500, 'volume'), supersedes: id(20) },
      { customer: [customer], product: [product], quote: [accepted] },
    )
    expect(changed(beside, 'quote')).toMatchObject([{ id: id(10), supersedes: null }])
    expect(
      run(
        'quote.answer',
        { quoteId: id(20), customerId: customer.id, answer: 'rejected', reason: 'no' },
        { quote: [accepted] },
      ),
    ).toMatchObject({ kind: 'refused', error: { code: 'STEP_NO_LONGER_FITS' } })
  })

  test('a colleague’s quote is rejected with the customer’s reason, and says who took the answer', () => {
    const issued = quoted(19_000)
    const answer = (reason?: string) =>
      run(
        'quote.answer',
        { quoteId: id(20), customerId: customer.id, answer: 'rejected', reason },
        { quote: [issued] },
        colleague,
      )
    for (const unseen of [undefined, ' ', '\u200b'])
      expect(answer(unseen)).toMatchObject({
        kind: 'refused',
        error: { params: { field: 'reason', problem: 'noReason' } },
      })
    expect(changed(answer('too dear'), 'quote')[0]).toMatchObject({
      status: 'rejected',
      answeredBy: id(9),
      answeredAt: at,
      answerReason: 'too dear',
    })
  })

  test('a preference says who noted and who confirmed it, and remembers its earlier value', () => {
    const set = (value: string, by: CommandContext, there: object = {}) =>
      row(
        run(
          'preference.set',
          { preferenceId: id(60), customerId: customer.id, key: 'seat', value, source: 'said' },
          { customer: [customer], ...there },
          by,
        ),
        'preference',
      )
    const first = set('window', context)
    const confirmed = row(
      run('preference.confirm', { preferenceId: id(60), customerId: customer.id }, { preference: [first] }, colleague),
      'preference',
    )
    expect(confirmed).toMatchObject({ notedBy: id(1), confirmedBy: id(9), confirmedAt: at })
    expect(set('terrace', colleague, { preference: [confirmed] })).toMatchObject({
      value: 'terrace',
      notedBy: id(9),
      confirmedBy: null,
      earlier: [{ value: 'window', notedBy: id(1), notedAt: at }],
    })
  })

  test('a colleague’s task is finished under the name of the agent who did it; only a supervisor or manager may reassign or drop it', () => {
    const task = {
      ...row(
        run('task.add', {
          taskId: id(40),
          customerId: null,
          kind: 'callback',
          title: 'x',
          detail: '',
          dueAt: at,
          ownerUserId: id(1),
        }),
        'task',
      ),
    }
    const table = { task: [task], user: [{ id: id(9), active: true }] } as never
    expect(changed(run('task.done', { taskId: id(40) }, table, colleague), 'task')[0]).toMatchObject({
      status: 'done',
      doneBy: id(9),
      ownerUserId: id(1),
    })
    expect(
      changed(run('task.postpone', { taskId: id(40), dueAt: at + 1000 }, table, colleague), 'task')[0],
    ).toMatchObject({ dueAt: at + 1000, changedBy: id(9), changedAt: at })
    expect(run('task.postpone', { taskId: id(40), dueAt: at - 600_000 }, table)).toMatchObject({
      error: { code: 'DUE_IN_THE_PAST' },
    })
    for (const [name, args] of [
      ['task.assign', { taskId: id(40), ownerUserId: id(9) }],
      ['task.drop', { taskId: id(40), reason: 'moved away' }],
    ] as const) {
      expect(run(name, args, table, colleague)).toMatchObject({ kind: 'refused', error: { code: 'NOT_ALLOWED' } })
      expect(run(name, args, table, supervisor).kind).toBe('changes')
      expect(run(name, args, table, context).kind).toBe('changes')
    }
    expect(changed(run('task.drop', { taskId: id(40), reason: 'moved away' }, table), 'task')[0]).toMatchObject({
      status: 'dropped',
      doneBy: id(1),
      dropReason: 'moved away',
    })
  })

  test('a sales step of a complaint is taken only by its owner, a supervisor or a manager, in their own words', () => {
    const logged = row(
      run(
        'complaint.log',
        {
          complaintId: id(50),
          customerId: customer.id,
          subject: 'benzene',
          description: 'it smells',
          severity: 'high',
          orderId: null,
        },
        { customer: [customer] },
      ),
      'complaint',
    )
    const confirmed = { ...logged, step: 'confirmed' }
    const tell = (by: CommandContext, comment = 'told by phone') =>
      run(
        'complaint.advance',
        { complaintId: id(50), customerId: customer.id, from: 'confirmed', to: 'told', department: null, comment },
        { complaint: [confirmed] },
        by,
      )
    expect(tell(colleague)).toMatchObject({ kind: 'parked', error: { code: 'NOT_ALLOWED' } })
    for (const unseen of [' ', '\u200b\u2060'])
      expect(tell(context, unseen)).toMatchObject({
        kind: 'refused',
        error: { params: { field: 'comment', problem: 'noReason' } },
      })
    for (const by of [context, supervisor]) {
      expect(changed(tell(by), 'complaint')[0]).toMatchObject({
        step: 'told',
        closedAt: at,
        description: 'it smells',
        steps: [{ to: 'told', by: by.actor.userId, at, comment: 'told by phone' }],
      })
    }
  })
})

describe('undoing what ended something', () => {
  const complaint = {
    id: id(50),
    customerId: customer.id,
    number: 'C-1',
    subject: 'Broken',
    description: '',
    severity: 'normal',
    step: 'confirmed',
    department: 'sales',
    ownerUserId: id(1),
    orderId: null,
    openedAt: at,
    openedBy: id(1),
    dueAt: at + 5,
    closedAt: null,
    steps: [],
    version: 2,
    scope: 'org',
  }
  const told = row(
    run(
      'complaint.advance',
      {
        complaintId: id(50),
        customerId: customer.id,
        from: 'confirmed',
        to: 'told',
        department: null,
        comment: 'told',
      },
      { complaint: [complaint] },
    ),
    'complaint',
  )
  const task = (taskId: string) =>
    row(
      run(
        'task.add',
        { taskId, customerId: customer.id, kind: 'callback', title: 'x', detail: '', dueAt: at, ownerUserId: id(1) },
        { customer: [customer] },
      ),
      'task',
    )
  const done = row(run('task.done', { taskId: id(40) }, { task: [task(id(40))] }), 'task')
  const open = quoted(19_000)
  const followUp = { ...task(id(41)), kind: 'quoteFollowUp', sourceId: id(20) }
  const answered = run(
    'quote.answer',
    { quoteId: id(20), customerId: customer.id, answer: 'accepted' },
    { quote: [open], task: [followUp] },
  )
  const retired = row(
    run(
      'preference.retire',
      { preferenceId: id(60), customerId: customer.id },
      {
        preference: [
          row(
            run(
              'preference.set',
              { preferenceId: id(60), customerId: customer.id, key: 'seat', value: 'window', source: 'said' },
              { customer: [customer] },
            ),
            'preference',
          ),
        ],
      },
    ),
    'preference',
  )

  test.each([
    [
      'a complaint that was closed',
      'complaint.takeBack',
      { complaintId: id(50), customerId: customer.id, step: 'told' },
      { complaint: [told] },
      'complaint',
      {
        step: 'confirmed',
        department: 'sales',
        ownerUserId: id(1),
        dueAt: at + 5,
        closedAt: null,
        steps: [{ comment: 'told', takenBackBy: id(1) }],
      },
    ],
    [
      'a task that was done',
      'task.takeBack',
      { taskId: id(40) },
      { task: [done] },
      'task',
      { status: 'open', doneAt: null, doneBy: null, changedBy: id(1) },
    ],
    [
      'a quote that was answered',
      'quote.takeBack',
      { quoteId: id(20), customerId: customer.id },
      { quote: [row(answered, 'quote')], task: [row(answered, 'task')] },
      'quote',
      { status: 'issued', answeredBy: null },
    ],
    [
      'a preference that was no longer true',
      'preference.takeBack',
      { preferenceId: id(60), customerId: customer.id },
      { preference: [retired] },
      'preference',
      { retiredAt: null, retiredBy: null },
    ],
  ] as const)(
    '%s can be undone, by the user who did it and for ten minutes',
    (_, name, args, table, entity, before) => {
      const takeBack = (by: CommandContext) => run(name, args, table as never, by)
      expect(changed(takeBack(later(context, 10)), entity)[0]).toMatchObject(before)
      expect(takeBack(later(context, 11))).toMatchObject({ kind: 'refused', error: { code: 'TAKE_BACK_TOO_LATE' } })
      expect(takeBack(colleague)).toMatchObject({ kind: 'refused', error: { code: 'TAKE_BACK_TOO_LATE' } })
      expect(takeBack(supervisor).kind).toBe('changes')
    },
  )

  test('when an answer is undone its follow-up is open again, but not one that was finished separately', () => {
    const takeBack = (task: object) =>
      run(
        'quote.takeBack',
        { quoteId: id(20), customerId: customer.id },
        { quote: [row(answered, 'quote')], task: [task as never] },
        later(context, 1),
      )
    expect(changed(takeBack(row(answered, 'task')), 'task')).toMatchObject([{ id: id(41), status: 'open' }])
    expect(changed(takeBack({ ...row(answered, 'task'), doneAt: at - 5 }), 'task')).toEqual([])
  })

  test('a step after which a colleague took the next one cannot be undone, and its text stays', () => {
    expect(
      run(
        'complaint.takeBack',
        { complaintId: id(50), customerId: customer.id, step: 'confirmed' },
        { complaint: [told] },
      ),
    ).toMatchObject({ kind: 'parked', error: { code: 'STEP_NO_LONGER_FITS' } })
  })
})

describe('wrapping up', () => {
  const wrap = (more: object = {}) => ({
    interactionId: id(30),
    customerId: customer.id,
    channel: 'phone',
    direction: 'in',
    callId: 'c1',
    startedAt: at - 60_000,
    endedAt: at,
    queue: 'support',
    waitMs: 4000,
    talkMs: 50_000,
    note: 'where is 88121',
    matter: 'delivery',
    outcome: 'promised',
    nextStep: 'callback',
    followUp: { taskId: id(31), dueAt: at + 3_600_000, title: 'call back', ownerUserId: null },
    ...more,
  })

  test('a call becomes one interaction, and its promise becomes a task', () => {
    const effect = run('interaction.wrapUp', wrap(), { customer: [customer] })
    expect(changed(effect, 'interaction')[0]).toMatchObject({
      id: id(30),
      revision: 1,
      note: 'where is 88121',
      userId: context.actor.userId,
    })
    expect(changed(effect, 'task')[0]).toMatchObject({ kind: 'callback', sourceId: id(30), status: 'open' })
  })

  test('a call that is wrapped up twice is still one interaction, in its next revision', () => {
    const earlier = {
      ...changed(run('interaction.wrapUp', wrap(), { customer: [customer] }), 'interaction')[0]!,
      version: 1,
    } as unknown as { id: string }
    expect(
      changed(
        run('interaction.wrapUp', wrap({ note: 'again', followUp: null }), {
          customer: [customer],
          interaction: [earlier],
        }),
        'interaction',
      ),
    ).toMatchObject([{ id: id(30), revision: 2, note: 'again' }])
  })

  test('a contact that settles a callback closes it with the name of who did it, but not where it is another customer’s or already over', () => {
    const promised = row(
      run(
        'task.add',
        {
          taskId: id(40),
          customerId: customer.id,
          kind: 'callback',
          title: 'x',
          detail: '',
          dueAt: at,
          ownerUserId: id(9),
          callbackNumber: '+8613800138000',
        },
        { customer: [customer] },
      ),
      'task',
    )
    const settle = (task: object) =>
      run('interaction.wrapUp', wrap({ followUp: null, finishesTaskId: id(40) }), {
        customer: [customer],
        task: [task as never],
      })
    expect(promised).toMatchObject({ callbackNumber: '+8613800138000' })
    expect(changed(settle(promised), 'task')).toMatchObject([
      { status: 'done', doneBy: context.actor.userId, doneAt: at, ownerUserId: id(9) },
    ])
    for (const other of [
      { ...promised, customerId: id(99) },
      { ...promised, status: 'done' },
    ]) {
      expect(changed(settle(other), 'task')).toEqual([])
      expect(changed(settle(other), 'interaction')).toHaveLength(1)
    }
  })

  test('a callback in the past is refused, and a withheld caller needs no customer', () => {
    expect(
      run(
        'interaction.wrapUp',
        wrap({ followUp: { taskId: id(31), dueAt: at - 3_600_000, title: '', ownerUserId: null } }),
        { customer: [customer] },
      ),
    ).toMatchObject({ kind: 'refused', error: { code: 'DUE_IN_THE_PAST' } })
    expect(run('interaction.wrapUp', wrap({ customerId: null, followUp: null })).kind).toBe('changes')
  })
})

describe('the rest of the record', () => {
  test('changes of different fields merge; on the same field the colleague’s value stays and is shown', () => {
    const effect = run(
      'customer.change',
      {
        customerId: customer.id,
        was: { city: 'Beijing', remark: null },
        now: { city: 'Shanghai', remark: 'likes tea' },
      },
      { customer: [customer] },
    )
    expect(changed(effect, 'customer')[0]).toMatchObject({ city: 'Shenzhen', remark: 'likes tea' })
    expect(effect).toMatchObject({
      remark: { code: 'CHANGED_MEANWHILE', params: { field: 'city', value: 'Shenzhen' } },
    })
  })

  test('a row of a customer or number says who last made or changed it, and a command that changes nothing leaves it as it was', () => {
    const [me, colleague] = [
      { changedBy: context.actor.userId, changedAt: at },
      { changedBy: id(9), changedAt: at - 60_000 },
    ]
    const theirs = { ...customer, ...colleague }
    const change = (was: object, now: object) =>
      changed(run('customer.change', { customerId: customer.id, was, now }, { customer: [theirs] }), 'customer')[0]
    expect(change({ remark: null }, { remark: 'likes tea' })).toMatchObject({ remark: 'likes tea', ...me })
    // None of the user's changes applied: the city stays as the colleague wrote it, and so does the colleague's name on
    // the row.
    expect(change({ city: 'Beijing' }, { city: 'Shanghai' })).toMatchObject({ city: 'Shenzhen', ...colleague })
    expect(change({ city: 'Beijing' }, { city: 'Shenzhen' })).toMatchObject({ city: 'Shenzhen', ...colleague })

    const add = (points: readonly object[] = []) =>
      changed(
        run(
          'contactPoint.add',
          {
            contactPointId: id(71),
            customerId: customer.id,
            label: 'mobile',
            phone: { raw: '138 0013 8000', country: 'CN' },
          },
          { customer: [theirs], contactPoint: points as { id: string }[] },
        ),
        'contactPoint',
      )
    const [added] = add()
    expect(added).toMatchObject(me)
    const disconnected = { ...added, ...colleague, id: id(71), invalid: true }
    expect(add([disconnected])[0]).toMatchObject({ invalid: false, ...me })
    expect(add([{ ...disconnected, invalid: false }])).toEqual([])

    const args = {
      customerId: id(70),
      contactPointId: id(71),
      kind: 'person',
      displayName: 'Ana',
      nativeName: null,
      organisationId: id(72),
      newOrganisation: 'Huaxin Trading',
      city: null,
      language: 'en',
      phone: { raw: '138 0013 8000', country: 'CN' },
    }
    const captured = run('customer.capture', args)
    expect(changed(captured, 'customer')).toMatchObject([me, me])
    expect(changed(captured, 'contactPoint')).toMatchObject([me])
  })

  test('a task is claimed once, and anyone may finish it', () => {
    const [task] = changed(
      run('task.add', {
        taskId: id(40),
        customerId: null,
        kind: 'callback',
        title: 'x',
        detail: '',
        dueAt: at,
        ownerUserId: null,
      }),
      'task',
    )
    const taken = { ...task!, ownerUserId: id(9) } as unknown as { id: string }
    expect(run('task.claim', { taskId: id(40) }, { task: [taken] })).toMatchObject({
      kind: 'refused',
      error: { code: 'CHANGED_MEANWHILE' },
    })
    expect(changed(run('task.done', { taskId: id(40) }, { task: [taken] }), 'task')[0]).toMatchObject({
      status: 'done',
      doneAt: at,
    })
  })

  test('a department’s step is taken by its members, a supervisor or a manager; anyone else’s is parked', () => {
    const [logged] = changed(
      run(
        'complaint.log',
        {
          complaintId: id(50),
          customerId: customer.id,
          subject: 'benzene',
          description: '',
          severity: 'high',
          orderId: null,
        },
        { customer: [customer] },
      ),
      'complaint',
    )
    const informed = { ...logged!, step: 'informed', department: 'quality', ownerUserId: null } as unknown as {
      id: string
    }
    const by = (role: CommandContext['actor']['role'], team: string | null) =>
      run(
        'complaint.advance',
        {
          complaintId: id(50),
          customerId: customer.id,
          from: 'informed',
          to: 'assigned',
          department: 'production',
          comment: 'the mould',
        },
        { complaint: [informed] },
        { ...context, actor: { ...context.actor, role, team } },
      )
    expect(by('agent', 'support')).toMatchObject({ kind: 'parked', error: { code: 'NOT_ALLOWED' } })
    for (const [role, team] of [
      ['agent', 'quality'],
      ['supervisor', 'support'],
      ['agent', null],
    ] as const)
      expect(by(role, team).kind).toBe('changes')
  })

  test('a complaint goes through its steps one by one, and a step that does not fit is parked', () => {
    const [logged] = changed(
      run(
        'complaint.log',
        {
          complaintId: id(50),
          customerId: customer.id,
          subject: 'benzene',
          description: '',
          severity: 'high',
          orderId: null,
        },
        { customer: [customer] },
      ),
      'complaint',
    )
    expect(logged).toMatchObject({
      number: 'complaint-7',
      step: 'logged',
      department: 'sales',
      dueAt: Date.parse('2026-11-19T18:00:00+08:00'),
    })
    const table = { complaint: [logged as unknown as { id: string }] }
    const step = (from: string, to: string, department: string | null = null) =>
      run(
        'complaint.advance',
        { complaintId: id(50), customerId: customer.id, from, to, department, comment: '' },
        table,
      )
    expect(changed(step('logged', 'informed'), 'complaint')[0]).toMatchObject({
      step: 'informed',
      department: 'quality',
      dueAt: Date.parse('2026-11-23T18:00:00+08:00'),
    })
    expect(step('logged', 'told')).toMatchObject({ kind: 'parked' })
    expect(step('informed', 'assigned', 'production')).toMatchObject({ kind: 'parked' })
  })

  test('a complaint cannot be assigned without a department, which quality names', () => {
    const complaint = {
      id: id(50),
      customerId: customer.id,
      number: 'C-1',
      subject: 'Broken',
      description: '',
      severity: 'normal',
      step: 'informed',
      department: 'quality',
      ownerUserId: null,
      orderId: null,
      openedAt: at,
      openedBy: null,
      dueAt: at,
      closedAt: null,
      steps: [],
      version: 2,
      scope: 'org',
    }
    const assign = (department: string | null) =>
      run(
        'complaint.advance',
        { complaintId: id(50), customerId: customer.id, from: 'informed', to: 'assigned', department, comment: '' },
        { complaint: [complaint] },
      )
    expect(assign(null)).toMatchObject({
      kind: 'refused',
      error: { code: 'BAD_ARGUMENT', params: { field: 'department' } },
    })
    expect(changed(assign('production'), 'complaint')[0]).toMatchObject({ step: 'assigned', department: 'production' })
  })

  test('a preference that is noted again replaces the row of its key, with who and when', () => {
    const set = (value: string, n: number, rows = {}) =>
      changed(
        run(
          'preference.set',
          { preferenceId: id(n), customerId: customer.id, key: 'seat', value, source: 'said' },
          { customer: [customer], ...rows },
        ),
        'preference',
      )[0]!
    expect(set('terrace', 61, { preference: [set('window', 60)] })).toMatchObject({
      id: id(60),
      value: 'terrace',
      notedBy: context.actor.userId,
      notedAt: at,
    })
  })

  test('a captured caller becomes a customer with the number, and capturing twice makes only one', () => {
    const args = {
      customerId: id(70),
      contactPointId: id(71),
      kind: 'person',
      displayName: 'Ana',
      nativeName: null,
      organisationId: null,
      city: null,
      language: 'en',
      phone: { raw: '138 0013 8000', country: 'CN' },
    }
    const effect = run('customer.capture', args)
    expect(changed(effect, 'contactPoint')[0]).toMatchObject({
      customerId: id(70),
      raw: '138 0013 8000',
      e164: '+8613800138000',
      nationalKey: 'CN:13800138000',
      region: 'CN',
    })
    expect(run('customer.capture', { ...args, phone: { raw: '110', country: 'CN' } })).toMatchObject({
      kind: 'refused',
      error: { code: 'NUMBER_UNUSABLE' },
    })
    expect(
      run('customer.capture', args, { customer: changed(effect, 'customer') as unknown as { id: string }[] }),
    ).toEqual({ kind: 'changes', changes: [] })
  })

  test('a captured caller has the currency of their organisation, otherwise of the site', () => {
    const args = {
      customerId: id(70),
      contactPointId: id(71),
      kind: 'person',
      displayName: 'Ana',
      nativeName: null,
      organisationId: null,
      city: null,
      language: 'en',
      phone: null,
    }
    expect(changed(run('customer.capture', args), 'customer')[0]).toMatchObject({ currency: 'EUR' })
    const firm = { ...customer, id: id(4), kind: 'organisation', currency: 'JPY' }
    expect(
      changed(run('customer.capture', { ...args, organisationId: firm.id }, { customer: [firm] }), 'customer')[0],
    ).toMatchObject({ currency: 'JPY' })
  })

  test('a captured person’s company is created with them, once, and a person can only call for a company', () => {
    const args = {
      customerId: id(70),
      contactPointId: id(71),
      kind: 'person',
      displayName: 'Ana',
      nativeName: null,
      organisationId: id(72),
      newOrganisation: 'Huaxin Trading',
      city: 'Wuhan',
      language: 'en',
      phone: null,
    }
    const numbered = (() => {
      let n = 0
      return { ...context, issueNumber: () => `K-${(n += 1)}` }
    })()
    const made = changed(run('customer.capture', args, {}, numbered), 'customer')
    expect(made).toMatchObject([
      { id: id(72), kind: 'organisation', profile: 'b2b', displayName: 'Huaxin Trading', number: 'K-2' },
      { id: id(70), kind: 'person', organisationId: id(72), number: 'K-1' },
    ])
    expect(run('customer.capture', args, { customer: made as unknown as { id: string }[] })).toEqual({
      kind: 'changes',
      changes: [],
    })
    const firm = { ...customer, id: id(72), kind: 'organisation' }
    expect(changed(run('customer.capture', args, { customer: [firm] }), 'customer').map((row) => row['id'])).toEqual([
      id(70),
    ])
    expect(
      run('customer.capture', { ...args, newOrganisation: null }, { customer: [{ ...customer, id: id(72) }] }),
    ).toMatchObject({ kind: 'refused', error: { params: { field: 'organisationId' } } })
    expect(run('customer.capture', { ...args, newOrganisation: null })).toMatchObject({
      kind: 'refused',
      error: { code: 'CUSTOMER_UNKNOWN' },
    })
    expect(run('customer.capture', { ...args, kind: 'organisation' })).toMatchObject({
      kind: 'refused',
      error: { params: { field: 'newOrganisation' } },
    })
  })

  test('a pick counts up while the answer stays the same and starts again when it changes', () => {
    const pick = (verdict: string, rows = {}) =>
      changed(
        run(
          'number.pick',
          { pickId: id(80), e164: '+8613800138000', customerId: customer.id, verdict },
          { customer: [customer], ...rows },
        ),
        'numberPick',
      )[0]!
    const once = pick('them')
    expect(pick('them', { numberPick: [once] })).toMatchObject({ id: id(80), times: 2 })
    expect(pick('notThem', { numberPick: [once] })).toMatchObject({ times: 1, verdict: 'notThem' })
  })
})

describe('an id that is taken', () => {
  test('an issued quote cannot be rewritten under its own id', () => {
    const issued = { ...quoted(19_000), id: id(10) }
    expect(
      run('quote.issue', quoteArgs(17_500, 'volume'), { customer: [customer], product: [product], quote: [issued] }),
    ).toEqual({ kind: 'changes', changes: [] })
  })

  test('an existing task stays as it is, also when a wrap-up promises it again', () => {
    const task = { id: id(31), customerId: customer.id, status: 'done', createdBy: context.actor.userId }
    expect(
      run(
        'task.add',
        {
          taskId: id(31),
          customerId: customer.id,
          kind: 'callback',
          title: 'x',
          detail: '',
          dueAt: at,
          ownerUserId: null,
        },
        { customer: [customer], task: [task] },
      ),
    ).toEqual({ kind: 'changes', changes: [] })
    const effect = run(
      'interaction.wrapUp',
      {
        interactionId: id(90),
        customerId: customer.id,
        channel: 'phone',
        direction: 'in',
        callId: null,
        startedAt: at,
        endedAt: at,
        queue: null,
        waitMs: null,
        talkMs: null,
        note: '',
        matter: null,
        outcome: null,
        nextStep: 'callback',
        followUp: { taskId: id(31), dueAt: at + 1000, title: '', ownerUserId: null },
      },
      { customer: [customer], task: [task] },
    )
    expect(changed(effect, 'task')).toEqual([])
    expect(changed(effect, 'interaction')).toHaveLength(1)
  })

  test('a contact that a colleague wrote cannot be overwritten', () => {
    const theirs = { id: id(30), customerId: customer.id, userId: id(9), revision: 1 }
    expect(
      run(
        'interaction.wrapUp',
        {
          interactionId: id(30),
          customerId: customer.id,
          channel: 'phone',
          direction: 'in',
          callId: null,
          startedAt: at,
          endedAt: at,
          queue: null,
          waitMs: null,
          talkMs: null,
          note: 'mine',
          matter: null,
          outcome: null,
          nextStep: null,
          followUp: null,
        },
        { customer: [customer], interaction: [theirs] },
      ),
    ).toMatchObject({ kind: 'refused' })
  })
})

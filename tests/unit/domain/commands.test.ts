import { describe, expect, test } from 'vitest'
import type { CommandContext, Effect, Rows } from '../../../domain/commands/define.ts'
import { rowsAlsoReadBy, rowsReadBy, runCommand } from '../../../domain/commands/run.ts'
import { commands, type CommandArgs, type CommandName } from '../../../protocol/commands.ts'
import { saysNothing, wasTold } from '../../../domain/price-guard.ts'
import { entities, type Customer, type EntityName, type Quote } from '../../../protocol/entities.ts'

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = Date.parse('2026-11-19T10:00:00+08:00')
const context: CommandContext = { actor: { userId: id(1) as never, role: 'agent', team: null }, at, timeZone: 'Asia/Shanghai', currency: 'EUR', issueNumber: (series) => `${series}-7` }

/** Rows by entity; a command that asks for a row its `reads` did not name fails the test. */
function run<C extends CommandName>(name: C, args: unknown, table: Partial<Record<EntityName, { id: string }[]>> = {}, by = context): Effect {
  const parsed = commands[name].args.parse(args) as CommandArgs<C>
  const refs = [...rowsReadBy(name, parsed)]
  const rows: Rows = {
    get(entity, wanted) {
      if (!refs.some((r) => r.entity === entity && 'id' in r && r.id === wanted)) throw new Error(`${name} asked for ${entity} it did not name`)
      return (table[entity]?.find((row) => row.id === wanted) ?? null) as never
    },
    ofCustomer(entity, customerId) {
      if (!refs.some((r) => r.entity === entity && 'customerId' in r && r.customerId === customerId)) throw new Error(`${name} asked for all ${entity} it did not name`)
      return (table[entity] ?? []).filter((row) => (row as unknown as { customerId: string }).customerId === customerId) as never
    },
    lastTold(customerId, productId) {
      if (!refs.some((r) => 'toldTo' in r && r.toldTo === customerId && r.productId === productId)) throw new Error(`${name} asked for a told price it did not name`)
      const customers = (table.customer ?? []) as unknown as Customer[]
      const buyer = (of: Customer | undefined) => of?.organisationId ?? of?.id
      const told = ((table.quote ?? []) as unknown as Quote[]).filter((q) => !saysNothing.includes(q.status) && wasTold(q) && q.lines.some((l) => l.productId === productId) &&
        (q.customerId === buyer(customers.find((c) => c.id === customerId)) || buyer(customers.find((c) => c.id === q.customerId)) === buyer(customers.find((c) => c.id === customerId))))
      return told.toSorted((a, b) => b.issuedAt - a.issuedAt)[0] ?? null
    },
  }
  refs.push(...rowsAlsoReadBy(name, parsed, rows))
  const effect = runCommand(name, parsed, rows, by)
  // Whatever a command makes is a row of the contract.
  if (effect.kind === 'changes') for (const c of effect.changes) entities[c.entity].schema.parse({ ...c.row, version: 1 })
  return effect
}
const changed = (effect: Effect, entity: EntityName) => (effect.kind === 'changes' ? effect.changes.filter((c) => c.entity === entity).map((c) => c.row) : []) as Record<string, unknown>[]

const customer = {
  id: id(2), number: '10001', kind: 'person', profile: 'retail', displayName: 'Li Wei', givenName: 'Wei', familyName: 'Li', nativeName: '李伟', organisationId: null, language: 'zh',
  city: 'Shenzhen', country: 'CN', birthday: null, tier: 'top', customerSince: at, currency: 'CNY', lifetimeValueMinor: null, churnRisk: null, creditGrade: null, creditLimitMinor: null,
  ownerUserId: null, remark: null, version: 3, scope: 'org',
}
const product = { id: id(3), sku: 'PX-9', name: 'Panel', nativeName: null, unit: 'pc', currency: 'CNY', listPriceMinor: 19_000, floorPriceMinor: 17_500, active: true, version: 1, scope: 'org' }
const quoteArgs = (unitPriceMinor: number, reason: string | null = null, quote = 10) => ({
  quoteId: id(quote), customerId: customer.id, supersedes: null, validUntil: at + 86_400_000 * 14, followUpTaskId: id(11), lines: [{ productId: product.id, quantity: 2, unitPriceMinor, reason }],
})
const quoted = (unitPriceMinor: number, status = 'issued') => {
  const [row] = changed(run('quote.issue', quoteArgs(unitPriceMinor, 'volume', 20), { customer: [customer], product: [product] }), 'quote')
  return { ...row!, id: id(20), status } as unknown as { id: string; lines: readonly { unitPriceMinor: number }[] }
}

describe('quoting', () => {
  test('the list price needs no reason where nothing was told before', () => {
    const effect = run('quote.issue', quoteArgs(19_000), { customer: [customer], product: [product] })
    expect(changed(effect, 'quote')[0]).toMatchObject({ number: 'quote-7', totalMinor: 38_000, approval: 'none', issuedBy: context.actor.userId })
  })

  test('another price than the list, or than what a colleague told this customer, needs a reason', () => {
    expect(run('quote.issue', quoteArgs(18_200), { customer: [customer], product: [product] })).toMatchObject({ kind: 'refused', error: { code: 'PRICE_NEEDS_REASON', params: { reference: 'list' } } })
    const told = { customer: [customer], product: [product], quote: [quoted(18_200)] }
    expect(run('quote.issue', quoteArgs(19_000), told)).toMatchObject({ kind: 'refused', error: { params: { reference: 'told', referenceMinor: 18_200 } } })
    expect(run('quote.issue', quoteArgs(18_200), told).kind).toBe('changes')
  })

  test('prices in two currencies are no quote: what they come to would be a number of neither', () => {
    const dollars = { ...product, id: id(4), sku: 'PX-9-US', currency: 'USD', listPriceMinor: 2_700, floorPriceMinor: 2_500 }
    const args = quoteArgs(19_000)
    const mixed = { ...args, lines: [...args.lines, { productId: dollars.id, quantity: 1, unitPriceMinor: 2_700, reason: null }] }
    expect(run('quote.issue', mixed, { customer: [customer], product: [product, dollars] })).toMatchObject({ kind: 'refused', error: { code: 'BAD_ARGUMENT', params: { field: 'lines' } } })
  })

  test('what the organisation was told, who calls for it was told: a colleague is not contradicted by accident', () => {
    const caller = { ...customer, organisationId: id(4) }
    const told = { customer: [caller], product: [product], quote: [{ ...quoted(18_200), customerId: id(4) }] }
    expect(run('quote.issue', quoteArgs(19_000), told)).toMatchObject({ kind: 'refused', error: { params: { reference: 'told', referenceMinor: 18_200 } } })
    expect(run('quote.issue', quoteArgs(18_200), told).kind).toBe('changes')
    const instead = changed(run('quote.issue', { ...quoteArgs(18_200), supersedes: id(20) }, told), 'quote')
    expect(instead.map((row) => [row['id'], row['customerId'], row['status']])).toEqual([[id(10), customer.id, 'issued'], [id(20), id(4), 'superseded']])
  })

  test('what a colleague of theirs was told, or the organisation’s people, is what the buyer was told', () => {
    const [wei, jie, firm] = [{ ...customer, organisationId: id(4) }, { ...customer, id: id(5), organisationId: id(4) }, { ...customer, id: id(4), kind: 'organisation' }]
    const told = { customer: [wei, jie, firm], product: [product], quote: [{ ...quoted(18_200), customerId: id(5) }] }
    for (const to of [wei, firm]) {
      expect(run('quote.issue', { ...quoteArgs(19_000), customerId: to.id }, told)).toMatchObject({ kind: 'refused', error: { params: { reference: 'told', referenceMinor: 18_200 } } })
      expect(run('quote.issue', { ...quoteArgs(18_200), customerId: to.id }, told).kind).toBe('changes')
    }
  })

  test('two people of one organisation are quoted one after the other', () => {
    const rows = { get: () => ({ ...customer, organisationId: id(4) }) } as unknown as Rows
    expect(rowsAlsoReadBy('quote.issue', commands['quote.issue'].args.parse(quoteArgs(19_000)), rows)).toEqual([{ entity: 'customer', id: id(4) }])
  })

  test('what was told in another currency is another price: it needs a reason, which names what was told', () => {
    const told = { customer: [customer], product: [product], quote: [{ ...quoted(19_000), currency: 'EUR' }] as never }
    expect(run('quote.issue', quoteArgs(19_000), told)).toMatchObject({ kind: 'refused', error: { code: 'PRICE_NEEDS_REASON', params: { reference: 'told', referenceMinor: 19_000, currency: 'EUR' } } })
    expect(run('quote.issue', quoteArgs(19_000, 'priced in yuan from now on'), told).kind).toBe('changes')
  })

  test('of a quote that names a product more than once, a larger quantity for less, the lowest price is what was told', () => {
    const staged = quoted(18_200)
    const told = { customer: [customer], product: [product], quote: [{ ...staged, lines: [...staged.lines, { ...staged.lines[0]!, quantity: 100, unitPriceMinor: 17_900 }] }] as never }
    expect(run('quote.issue', quoteArgs(18_200), told)).toMatchObject({ kind: 'refused', error: { code: 'PRICE_NEEDS_REASON', params: { reference: 'told', referenceMinor: 17_900 } } })
    expect(run('quote.issue', quoteArgs(17_900), told).kind).toBe('changes')
  })

  test('a price that the customer rejected binds nobody', () => {
    expect(run('quote.issue', quoteArgs(19_000), { customer: [customer], product: [product], quote: [quoted(18_200, 'rejected')] }).kind).toBe('changes')
  })

  test('below the floor an agent’s quote waits for approval and a supervisor’s has it', () => {
    const rows = { customer: [customer], product: [product] }
    expect(changed(run('quote.issue', quoteArgs(17_000, 'competitor'), rows), 'quote')[0]).toMatchObject({ approval: 'needed' })
    const supervisor: CommandContext = { ...context, actor: { ...context.actor, role: 'supervisor' } }
    expect(changed(run('quote.issue', quoteArgs(17_000, 'competitor'), rows, supervisor), 'quote')[0]).toMatchObject({ approval: 'granted' })
  })

  test('a price below the floor is not accepted before somebody who may has said yes', () => {
    const [row] = changed(run('quote.issue', quoteArgs(17_000, 'volume'), { customer: [customer], product: [product] }), 'quote')
    const quote = { ...row, version: 1 } as never as { id: string }
    const answer = (given: 'accepted' | 'rejected') => run('quote.answer', { quoteId: id(10), customerId: customer.id, answer: given }, { quote: [quote] })
    expect(answer('accepted')).toMatchObject({ kind: 'refused', error: { code: 'NOT_ALLOWED' } })
    expect(answer('rejected').kind).toBe('changes')
    expect(run('quote.answer', { quoteId: id(10), customerId: customer.id, answer: 'accepted' }, { quote: [{ ...quote, approval: 'granted' } as never] }).kind).toBe('changes')
  })

  test('a quote is followed up three working days after issue by who gave it', () => {
    const [task] = changed(run('quote.issue', quoteArgs(19_000), { customer: [customer], product: [product] }), 'task')
    expect(task).toMatchObject({ kind: 'quoteFollowUp', ownerUserId: context.actor.userId, dueAt: Date.parse('2026-11-24T18:00:00+08:00') })
  })
})

describe('wrapping up', () => {
  const wrap = (more: object = {}) => ({
    interactionId: id(30), customerId: customer.id, channel: 'phone', direction: 'in', callId: 'c1', startedAt: at - 60_000, endedAt: at, queue: 'support', waitMs: 4000, talkMs: 50_000,
    note: 'where is 88121', matter: 'delivery', outcome: 'promised', nextStep: 'callback', followUp: { taskId: id(31), dueAt: at + 3_600_000, title: 'call back', ownerUserId: null }, ...more,
  })

  test('a call becomes one interaction and its promise a task', () => {
    const effect = run('interaction.wrapUp', wrap(), { customer: [customer] })
    expect(changed(effect, 'interaction')[0]).toMatchObject({ id: id(30), revision: 1, note: 'where is 88121', userId: context.actor.userId })
    expect(changed(effect, 'task')[0]).toMatchObject({ kind: 'callback', sourceId: id(30), status: 'open' })
  })

  test('wrapped up twice it is still one interaction, in its next revision', () => {
    const earlier = { ...changed(run('interaction.wrapUp', wrap(), { customer: [customer] }), 'interaction')[0]!, version: 1 } as unknown as { id: string }
    expect(changed(run('interaction.wrapUp', wrap({ note: 'again', followUp: null }), { customer: [customer], interaction: [earlier] }), 'interaction')).toMatchObject([{ id: id(30), revision: 2, note: 'again' }])
  })

  test('a callback in the past is refused, and a withheld caller needs no customer', () => {
    expect(run('interaction.wrapUp', wrap({ followUp: { taskId: id(31), dueAt: at - 3_600_000, title: '', ownerUserId: null } }), { customer: [customer] })).toMatchObject({ kind: 'refused', error: { code: 'DUE_IN_THE_PAST' } })
    expect(run('interaction.wrapUp', wrap({ customerId: null, followUp: null })).kind).toBe('changes')
  })
})

describe('the rest of the record', () => {
  test('fields that nobody else touched merge; on the same field the colleague’s value stays and is shown', () => {
    const effect = run('customer.change', { customerId: customer.id, was: { city: 'Beijing', remark: null }, now: { city: 'Shanghai', remark: 'likes tea' } }, { customer: [customer] })
    expect(changed(effect, 'customer')[0]).toMatchObject({ city: 'Shenzhen', remark: 'likes tea' })
    expect(effect).toMatchObject({ remark: { code: 'CHANGED_MEANWHILE', params: { field: 'city', value: 'Shenzhen' } } })
  })

  test('a task is claimed once, and done by anybody', () => {
    const [task] = changed(run('task.add', { taskId: id(40), customerId: null, kind: 'callback', title: 'x', detail: '', dueAt: at, ownerUserId: null }), 'task')
    const taken = { ...task!, ownerUserId: id(9) } as unknown as { id: string }
    expect(run('task.claim', { taskId: id(40) }, { task: [taken] })).toMatchObject({ kind: 'refused', error: { code: 'CHANGED_MEANWHILE' } })
    expect(changed(run('task.done', { taskId: id(40) }, { task: [taken] }), 'task')[0]).toMatchObject({ status: 'done', doneAt: at })
  })

  test('a step that a department owes is taken by who is of it or runs the floor; anybody else’s is parked', () => {
    const [logged] = changed(run('complaint.log', { complaintId: id(50), customerId: customer.id, subject: 'benzene', description: '', severity: 'high', orderId: null }, { customer: [customer] }), 'complaint')
    const informed = { ...logged!, step: 'informed', department: 'quality', ownerUserId: null } as unknown as { id: string }
    const by = (role: CommandContext['actor']['role'], team: string | null) => run('complaint.advance', { complaintId: id(50), customerId: customer.id, from: 'informed', to: 'assigned', department: 'production', comment: 'the mould' }, { complaint: [informed] }, { ...context, actor: { ...context.actor, role, team } })
    expect(by('agent', 'support')).toMatchObject({ kind: 'parked', error: { code: 'NOT_ALLOWED' } })
    for (const [role, team] of [['agent', 'quality'], ['supervisor', 'support'], ['agent', null]] as const) expect(by(role, team).kind).toBe('changes')
  })

  test('a complaint walks its chain step by step, and a step that does not fit is parked', () => {
    const [logged] = changed(run('complaint.log', { complaintId: id(50), customerId: customer.id, subject: 'benzene', description: '', severity: 'high', orderId: null }, { customer: [customer] }), 'complaint')
    expect(logged).toMatchObject({ number: 'complaint-7', step: 'logged', department: 'sales', dueAt: Date.parse('2026-11-19T18:00:00+08:00') })
    const table = { complaint: [logged as unknown as { id: string }] }
    const step = (from: string, to: string, department: string | null = null) => run('complaint.advance', { complaintId: id(50), customerId: customer.id, from, to, department, comment: '' }, table)
    expect(changed(step('logged', 'informed'), 'complaint')[0]).toMatchObject({ step: 'informed', department: 'quality', dueAt: Date.parse('2026-11-23T18:00:00+08:00') })
    expect(step('logged', 'told')).toMatchObject({ kind: 'parked' })
    expect(step('informed', 'assigned', 'production')).toMatchObject({ kind: 'parked' })
  })

  test('a complaint is not assigned to nobody: quality names the department', () => {
    const complaint = { id: id(50), customerId: customer.id, number: 'C-1', subject: 'Broken', description: '', severity: 'normal', step: 'informed', department: 'quality', ownerUserId: null, orderId: null, openedAt: at, openedBy: null, dueAt: at, closedAt: null, steps: [], version: 2, scope: 'org' }
    const assign = (department: string | null) => run('complaint.advance', { complaintId: id(50), customerId: customer.id, from: 'informed', to: 'assigned', department, comment: '' }, { complaint: [complaint] })
    expect(assign(null)).toMatchObject({ kind: 'refused', error: { code: 'BAD_ARGUMENT', params: { field: 'department' } } })
    expect(changed(assign('production'), 'complaint')[0]).toMatchObject({ step: 'assigned', department: 'production' })
  })

  test('a taste noted again replaces the row of its key, with who and when', () => {
    const set = (value: string, n: number, rows = {}) => changed(run('preference.set', { preferenceId: id(n), customerId: customer.id, key: 'seat', value, source: 'said' }, { customer: [customer], ...rows }), 'preference')[0]!
    expect(set('terrace', 61, { preference: [set('window', 60)] })).toMatchObject({ id: id(60), value: 'terrace', notedBy: context.actor.userId, notedAt: at })
  })

  test('a captured caller is a customer with the number, and capturing twice makes one', () => {
    const args = { customerId: id(70), contactPointId: id(71), kind: 'person', displayName: 'Ana', nativeName: null, organisationId: null, city: null, language: 'en', phone: { raw: '138 0013 8000', country: 'CN' } }
    const effect = run('customer.capture', args)
    expect(changed(effect, 'contactPoint')[0]).toMatchObject({ customerId: id(70), raw: '138 0013 8000', e164: '+8613800138000', nationalKey: 'CN:13800138000', region: 'CN' })
    expect(run('customer.capture', { ...args, phone: { raw: '110', country: 'CN' } })).toMatchObject({ kind: 'refused', error: { code: 'NUMBER_UNUSABLE' } })
    expect(run('customer.capture', args, { customer: changed(effect, 'customer') as unknown as { id: string }[] })).toEqual({ kind: 'changes', changes: [] })
  })

  test('a captured caller deals in the currency of their organisation, else of the site', () => {
    const args = { customerId: id(70), contactPointId: id(71), kind: 'person', displayName: 'Ana', nativeName: null, organisationId: null, city: null, language: 'en', phone: null }
    expect(changed(run('customer.capture', args), 'customer')[0]).toMatchObject({ currency: 'EUR' })
    const firm = { ...customer, id: id(4), kind: 'organisation', currency: 'JPY' }
    expect(changed(run('customer.capture', { ...args, organisationId: firm.id }, { customer: [firm] }), 'customer')[0]).toMatchObject({ currency: 'JPY' })
  })

  test('a captured person’s company is made with them, once, and only a company can be whom they call for', () => {
    const args = { customerId: id(70), contactPointId: id(71), kind: 'person', displayName: 'Ana', nativeName: null, organisationId: id(72), newOrganisation: 'Huaxin Trading', city: 'Wuhan', language: 'en', phone: null }
    const numbered = (() => { let n = 0; return { ...context, issueNumber: () => `K-${n += 1}` } })()
    const made = changed(run('customer.capture', args, {}, numbered), 'customer')
    expect(made).toMatchObject([{ id: id(72), kind: 'organisation', profile: 'b2b', displayName: 'Huaxin Trading', number: 'K-2' }, { id: id(70), kind: 'person', organisationId: id(72), number: 'K-1' }])
    expect(run('customer.capture', args, { customer: made as unknown as { id: string }[] })).toEqual({ kind: 'changes', changes: [] })
    const firm = { ...customer, id: id(72), kind: 'organisation' }
    expect(changed(run('customer.capture', args, { customer: [firm] }), 'customer').map((row) => row['id'])).toEqual([id(70)])
    expect(run('customer.capture', { ...args, newOrganisation: null }, { customer: [{ ...customer, id: id(72) }] })).toMatchObject({ kind: 'refused', error: { params: { field: 'organisationId' } } })
    expect(run('customer.capture', { ...args, newOrganisation: null })).toMatchObject({ kind: 'refused', error: { code: 'CUSTOMER_UNKNOWN' } })
    expect(run('customer.capture', { ...args, kind: 'organisation' })).toMatchObject({ kind: 'refused', error: { params: { field: 'newOrganisation' } } })
  })

  test('a pick counts up while the answer stays the same and starts again when it changes', () => {
    const pick = (verdict: string, rows = {}) => changed(run('number.pick', { pickId: id(80), e164: '+8613800138000', customerId: customer.id, verdict }, { customer: [customer], ...rows }), 'numberPick')[0]!
    const once = pick('them')
    expect(pick('them', { numberPick: [once] })).toMatchObject({ id: id(80), times: 2 })
    expect(pick('notThem', { numberPick: [once] })).toMatchObject({ times: 1, verdict: 'notThem' })
  })
})

describe('an id that is taken', () => {
  test('an issued quote is not rewritten under its own id', () => {
    const issued = { ...quoted(19_000), id: id(10) }
    expect(run('quote.issue', quoteArgs(17_500, 'volume'), { customer: [customer], product: [product], quote: [issued] })).toEqual({ kind: 'changes', changes: [] })
  })

  test('a task that is there stays as it is, also under a wrap-up that promises it again', () => {
    const task = { id: id(31), customerId: customer.id, status: 'done', createdBy: context.actor.userId }
    expect(run('task.add', { taskId: id(31), customerId: customer.id, kind: 'callback', title: 'x', detail: '', dueAt: at, ownerUserId: null }, { customer: [customer], task: [task] })).toEqual({ kind: 'changes', changes: [] })
    const effect = run('interaction.wrapUp', {
      interactionId: id(90), customerId: customer.id, channel: 'phone', direction: 'in', callId: null, startedAt: at, endedAt: at, queue: null, waitMs: null, talkMs: null, note: '', matter: null, outcome: null,
      nextStep: 'callback', followUp: { taskId: id(31), dueAt: at + 1000, title: '', ownerUserId: null },
    }, { customer: [customer], task: [task] })
    expect(changed(effect, 'task')).toEqual([])
    expect(changed(effect, 'interaction')).toHaveLength(1)
  })

  test('a contact that a colleague wrote is not overwritten', () => {
    const theirs = { id: id(30), customerId: customer.id, userId: id(9), revision: 1 }
    expect(run('interaction.wrapUp', {
      interactionId: id(30), customerId: customer.id, channel: 'phone', direction: 'in', callId: null, startedAt: at, endedAt: at, queue: null, waitMs: null, talkMs: null, note: 'mine', matter: null, outcome: null, nextStep: null, followUp: null,
    }, { customer: [customer], interaction: [theirs] })).toMatchObject({ kind: 'refused' })
  })
})

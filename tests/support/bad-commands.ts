import type { CommandName } from '../../protocol/commands.ts'
import type { Row } from '../../protocol/entities.ts'
import { LARGEST_AMOUNT } from '../../protocol/scalars.ts'
import { entityExamples } from './entity-examples.ts'

const A_DAY = 86_400_000
const uuid = () => crypto.randomUUID()

/** Two buyers with rows of every kind. A command about one of them must not change rows of the other. */
export function twoBuyers() {
  const company = {
    ...entityExamples.customer(),
    kind: 'organisation' as const,
    organisationId: null,
    displayName: 'Huaxin',
  }
  const mine = { ...entityExamples.customer(), organisationId: company.id, birthday: null }
  const other = { ...entityExamples.customer(), organisationId: null, displayName: 'Somebody Else' }
  const of = <E extends 'order' | 'quote' | 'complaint' | 'preference' | 'interaction' | 'task'>(
    entity: E,
    customerId: typeof mine.id,
  ) => ({ ...entityExamples[entity](), customerId }) as Row<E>
  return {
    customer: [company, mine, other],
    product: [
      { ...entityExamples.product(), currency: 'CNY' },
      { ...entityExamples.product(), active: false, sku: 'OLD-1' },
    ],
    order: [of('order', mine.id), of('order', other.id), of('order', company.id)],
    quote: [{ ...of('quote', other.id), status: 'issued' as const }],
    complaint: [{ ...of('complaint', other.id), step: 'logged' as const, closedAt: null, steps: [] }],
    preference: [{ ...of('preference', other.id), retiredAt: null, retiredBy: null }],
    interaction: [of('interaction', other.id)],
    task: [{ ...of('task', other.id), status: 'open' as const }],
    user: [{ ...entityExamples.user(), active: false }],
  }
}
export type TwoBuyers = ReturnType<typeof twoBuyers>

/** Some of these names look blank; the others hide or reverse the text around them. */
const badNames: readonly (readonly [what: string, name: string, problem: string])[] = [
  ['of spaces', '   ', 'blank'],
  ['of ideographic spaces', '\u3000\u3000', 'blank'],
  ['of nothing that has a width', '\u200B\u200D\uFEFF', 'blank'],
  ['of Hangul fillers', '\u3164\uFFA0', 'blank'],
  ['of an empty Braille cell', '\u2800', 'blank'],
  ['with a line break', 'Li\nWei', 'controlCharacter'],
  ['with a control character', 'Li\u0007Wei', 'controlCharacter'],
  ['with an escape of a terminal', '\u001B[31mLi Wei', 'controlCharacter'],
  ['turned round', 'Li \u202EieW', 'hiddenCharacter'],
  ['with an isolate', 'Li \u2067Wei\u2069', 'hiddenCharacter'],
  ['with a mark of direction inside', 'Li \u200FWei', 'hiddenCharacter'],
  ['with a space of no width inside', 'Li\u200BWei', 'hiddenCharacter'],
]

export interface BadCommand {
  readonly what: string
  readonly name: CommandName
  readonly args: Readonly<Record<string, unknown>>
  readonly code: string
  readonly params?: Readonly<Record<string, unknown>>
}

/** Commands that a user's own program might send, and how the server refuses each. `now` is an instant in ms. */
export function badCommands(
  {
    customer: [company, mine, other],
    product: [sold, old],
    order,
    quote,
    complaint,
    preference,
    interaction,
    task,
    user,
  }: TwoBuyers,
  now: number,
): BadCommand[] {
  const bad = (what: string, name: CommandName, args: object, problem: string, field?: string): BadCommand => ({
    what,
    name,
    args: args as BadCommand['args'],
    code: 'BAD_ARGUMENT',
    params: { problem, ...(field === undefined ? {} : { field }) },
  })
  const coded = (what: string, name: CommandName, args: object, code: string): BadCommand => ({
    what,
    name,
    args: args as BadCommand['args'],
    code,
  })
  const issue = (more: object = {}, line: object = {}) => ({
    quoteId: uuid(),
    customerId: mine!.id,
    supersedes: null,
    validUntil: now + 14 * A_DAY,
    followUpTaskId: uuid(),
    lines: [{ productId: sold!.id, quantity: 1, unitPriceMinor: sold!.listPriceMinor, reason: 'x', ...line }],
    ...more,
  })
  const log = (more: object) => ({
    complaintId: uuid(),
    customerId: mine!.id,
    subject: 'Broken',
    description: '',
    severity: 'low',
    orderId: null,
    ...more,
  })
  const add = (more: object) => ({
    taskId: uuid(),
    customerId: mine!.id,
    kind: 'callback',
    title: 'Call',
    detail: '',
    dueAt: now + A_DAY,
    ownerUserId: null,
    ...more,
  })
  const wrap = (more: object) => ({
    interactionId: uuid(),
    customerId: mine!.id,
    channel: 'phone',
    direction: 'in',
    callId: null,
    startedAt: now - 60_000,
    endedAt: now,
    queue: null,
    waitMs: null,
    talkMs: null,
    note: 'n',
    matter: null,
    outcome: null,
    nextStep: null,
    followUp: null,
    ...more,
  })
  const followUp = (more: object) => ({
    followUp: { taskId: uuid(), dueAt: now + A_DAY, title: 'x', ownerUserId: null, ...more },
  })
  const capture = (more: object) => ({
    customerId: uuid(),
    contactPointId: uuid(),
    kind: 'person',
    displayName: 'New',
    nativeName: null,
    organisationId: null,
    city: null,
    language: 'en',
    phone: null,
    ...more,
  })
  const change = (now_: object) => ({
    customerId: mine!.id,
    was: Object.fromEntries(
      Object.keys(now_).map((field) => [field, (mine as unknown as Record<string, unknown>)[field]]),
    ),
    now: now_,
  })
  const prefer = (more: object) => ({
    preferenceId: uuid(),
    customerId: mine!.id,
    key: 'room',
    value: 'quiet',
    source: 'said',
    ...more,
  })
  return [
    bad('a price that was valid in 1970 only', 'quote.issue', issue({ validUntil: 1 }), 'inThePast', 'validUntil'),
    bad('a price that lapsed yesterday', 'quote.issue', issue({ validUntil: now - A_DAY }), 'inThePast', 'validUntil'),
    bad(
      'a price for three years',
      'quote.issue',
      issue({ validUntil: now + 1100 * A_DAY }),
      'tooFarAhead',
      'validUntil',
    ),
    bad('a price until the end of all dates', 'quote.issue', issue({ validUntil: 8.64e15 }), 'tooLarge', 'validUntil'),
    coded('a product that is sold no more', 'quote.issue', issue({}, { productId: old!.id }), 'PRODUCT_INACTIVE'),
    bad('more pieces than there are', 'quote.issue', issue({}, { quantity: 1e12 }), 'tooLarge', 'lines.0.quantity'),
    bad('no piece', 'quote.issue', issue({}, { quantity: 0 }), 'tooSmall', 'lines.0.quantity'),
    bad('half a piece', 'quote.issue', issue({}, { quantity: 0.5 }), 'wrongForm', 'lines.0.quantity'),
    bad(
      'a price that no sum can hold',
      'quote.issue',
      issue({}, { unitPriceMinor: LARGEST_AMOUNT + 1 }),
      'tooLarge',
      'lines.0.unitPriceMinor',
    ),
    bad(
      'a price below nothing',
      'quote.issue',
      issue({}, { unitPriceMinor: -1 }),
      'tooSmall',
      'lines.0.unitPriceMinor',
    ),
    bad(
      'a total that no sum can hold',
      'quote.issue',
      issue({}, { unitPriceMinor: LARGEST_AMOUNT, quantity: 2 }),
      'sumTooLarge',
      'lines',
    ),
    coded(
      'a reason that nobody sees',
      'quote.issue',
      issue({}, { unitPriceMinor: 1, reason: '\u200B ' }),
      'PRICE_NEEDS_REASON',
    ),
    bad(
      "another buyer's quote replaced",
      'quote.issue',
      issue({ supersedes: quote[0]!.id }),
      'otherCustomer',
      'supersedes',
    ),
    bad(
      "another customer's order in a complaint",
      'complaint.log',
      log({ orderId: order[1]!.id }),
      'otherCustomer',
      'orderId',
    ),
    bad(
      "another customer's complaint taken for a new one",
      'complaint.log',
      log({ complaintId: complaint[0]!.id }),
      'taken',
      'complaintId',
    ),
    bad('a complaint about nothing', 'complaint.log', log({ subject: '\u2003' }), 'blank', 'subject'),
    coded(
      "a step of another customer's complaint",
      'complaint.advance',
      {
        complaintId: complaint[0]!.id,
        customerId: mine!.id,
        from: 'logged',
        to: 'informed',
        department: null,
        comment: 'x',
      },
      'ROW_UNKNOWN',
    ),
    coded(
      "an answer to another customer's quote",
      'quote.answer',
      { quoteId: quote[0]!.id, customerId: mine!.id, answer: 'accepted' },
      'ROW_UNKNOWN',
    ),
    coded(
      "another customer's preference confirmed",
      'preference.confirm',
      { preferenceId: preference[0]!.id, customerId: mine!.id },
      'ROW_UNKNOWN',
    ),
    coded(
      "another customer's preference retired",
      'preference.retire',
      { preferenceId: preference[0]!.id, customerId: mine!.id },
      'ROW_UNKNOWN',
    ),
    coded(
      "another customer's contact revised",
      'interaction.revise',
      {
        interactionId: interaction[0]!.id,
        customerId: mine!.id,
        baseRevision: 1,
        note: 'x',
        matter: null,
        outcome: null,
      },
      'ROW_UNKNOWN',
    ),
    coded(
      "words added to another customer's contact",
      'interaction.add',
      { interactionId: interaction[0]!.id, customerId: mine!.id, text: 'x' },
      'ROW_UNKNOWN',
    ),
    bad(
      "another customer's task promised",
      'interaction.wrapUp',
      wrap(followUp({ taskId: task[0]!.id })),
      'taken',
      'followUp.taskId',
    ),
    bad(
      'a person as an organisation',
      'customer.capture',
      capture({ organisationId: other!.id }),
      'taken',
      'organisationId',
    ),
    coded(
      'an organisation that is not there',
      'customer.capture',
      capture({ organisationId: uuid() }),
      'CUSTOMER_UNKNOWN',
    ),
    bad('a task for somebody who left', 'task.add', add({ ownerUserId: user[0]!.id }), 'nobodyHere', 'ownerUserId'),
    bad(
      'a callback for somebody who left',
      'interaction.wrapUp',
      wrap(followUp({ ownerUserId: user[0]!.id })),
      'nobodyHere',
      'followUp.ownerUserId',
    ),
    coded('a task for yesterday', 'task.add', add({ dueAt: now - A_DAY }), 'DUE_IN_THE_PAST'),
    coded('a task in six years', 'task.add', add({ dueAt: now + 6 * 366 * A_DAY }), 'DUE_TOO_FAR'),
    coded(
      'a task put off for six years',
      'task.postpone',
      { taskId: task[0]!.id, dueAt: now + 6 * 366 * A_DAY },
      'DUE_TOO_FAR',
    ),
    coded(
      'a callback in six years',
      'interaction.wrapUp',
      wrap(followUp({ dueAt: now + 6 * 366 * A_DAY })),
      'DUE_TOO_FAR',
    ),
    bad('a task at the end of all dates', 'task.add', add({ dueAt: 8.64e15 }), 'tooLarge', 'dueAt'),
    bad('a task of the year 1800', 'task.add', add({ dueAt: Date.UTC(1800, 0, 1) }), 'tooSmall', 'dueAt'),
    bad(
      'a contact that ends before it begins',
      'interaction.wrapUp',
      wrap({ endedAt: now - A_DAY }),
      'endsBeforeItBegins',
      'endedAt',
    ),
    bad(
      'a talk that is longer than its call',
      'interaction.wrapUp',
      wrap({ talkMs: A_DAY }),
      'longerThanTheCall',
      'talkMs',
    ),
    bad('a wait of centuries', 'interaction.wrapUp', wrap({ waitMs: 8e15 }), 'tooLarge', 'waitMs'),
    bad('born on 31 February', 'customer.change', change({ birthday: '1990-02-31' }), 'wrongForm', 'now.birthday'),
    bad('born on 31 April of no year', 'customer.change', change({ birthday: '--04-31' }), 'wrongForm', 'now.birthday'),
    bad('born on 29 February 1900', 'customer.change', change({ birthday: '1900-02-29' }), 'wrongForm', 'now.birthday'),
    bad(
      'born tomorrow',
      'customer.change',
      change({ birthday: new Date(now + 2 * A_DAY).toISOString().slice(0, 10) }),
      'inTheFuture',
      'now.birthday',
    ),
    bad('born in 1066', 'customer.change', change({ birthday: '1066-10-14' }), 'wrongForm', 'now.birthday'),
    ...badNames.flatMap(([what, text, problem]) => [
      bad(
        `a new customer with a name ${what}`,
        'customer.capture',
        capture({ displayName: text }),
        problem,
        'displayName',
      ),
      bad(
        `a customer who gets a name ${what}`,
        'customer.change',
        change({ displayName: text }),
        problem,
        'now.displayName',
      ),
      bad(
        `a new company with a name ${what}`,
        'customer.capture',
        capture({ organisationId: uuid(), newOrganisation: text }),
        problem,
        'newOrganisation',
      ),
      bad(`a preference with a value ${what}`, 'preference.set', prefer({ value: text }), problem, 'value'),
      bad(`a task with a title ${what}`, 'task.add', add({ title: text }), problem, 'title'),
      // A blank native name is not refused: it means that there is no such name.
      ...(problem === 'blank'
        ? []
        : [
            bad(
              `a customer with a native name ${what}`,
              'customer.change',
              change({ nativeName: text }),
              problem,
              'now.nativeName',
            ),
          ]),
    ]),
    bad('a reason that nobody sees', 'task.drop', { taskId: task[0]!.id, reason: '\u200B' }, 'blank', 'reason'),
    bad(
      'added words that nobody sees',
      'interaction.add',
      { interactionId: interaction[0]!.id, customerId: other!.id, text: '\u200B\u3164' },
      'blank',
      'text',
    ),
    bad(
      'a company of the wrong kind',
      'customer.capture',
      capture({ kind: 'organisation', organisationId: company!.id, newOrganisation: 'Huaxin' }),
      'wrongForm',
      'newOrganisation',
    ),
  ]
}

import { CallId } from '../../protocol/scalars.ts'
import { untouched } from '../../domain/untouched-rows.ts'
import { hasCjk } from '../../domain/search-text.ts'
import type { Customer, Interaction } from '../../protocol/entities.ts'
import type { Matter } from '../../protocol/entities/interaction.ts'
import { Random } from '../random.ts'
import type { BankCall } from '../readers/bank-call.ts'
import { stored, type BuildContext } from './build-context.ts'
import type { CustomerSeed } from './customer-seed.ts'

/** What callers of each of the bank's call types wanted, in the terms of a sales team. */
const types: Readonly<Record<string, { queue: string; matters: readonly Matter[] }>> = {
  PS: { queue: 'support', matters: ['order', 'delivery', 'invoice', 'account'] },
  PE: { queue: 'support', matters: ['order', 'account'] },
  IN: { queue: 'support', matters: ['product', 'account'] },
  NE: { queue: 'sales', matters: ['quote', 'product'] },
  NW: { queue: 'sales', matters: ['product', 'quote'] },
  TT: { queue: 'support', matters: ['order', 'complaint'] },
}

const notes: Readonly<Record<Matter, readonly string[]>> = {
  order: [
    'Asked where the order is. Read out the tracking number.',
    '询问订单进度，已告知预计到货时间。',
    'Wants to add one piece to the open order; told it has left already.',
    '客户要求分批发货，已记录。',
  ],
  delivery: [
    'Parcel not there on the promised day; carrier asked.',
    '快递还没到，已联系承运商。',
    'Changed the delivery address to the office.',
  ],
  invoice: [
    'Wants the invoice as PDF to accounting.',
    '发票抬头有误，已安排重开。',
    'Says the last payment is not shown; it arrived this morning.',
  ],
  quote: [
    'Asked for the price of last time; told what we quoted.',
    '要求降价，按上次报价答复。',
    'Comparing with a competitor, decides this week.',
  ],
  complaint: ['Angry about scratches on the front, wants a replacement.', '投诉包装破损，已道歉并登记。'],
  product: [
    'Asked which finish fits the old panels.',
    '咨询新产品规格，已发资料。',
    'Wants samples before the end of the month.',
  ],
  account: ['New address noted.', '更新了联系电话。', 'Cannot sign in to the shop; password reset sent.'],
  booking: ['Asked for a late arrival.', '询问是否可以加床。'],
  other: ['Wrong department, passed on.'],
}

/**
 * The bank's calls of this customer as a history of contacts: when the call was, how long the caller waited, and which
 * agent took it. A call whose caller hung up is an abandoned call.
 */
export function interactionRows(
  context: BuildContext,
  seed: CustomerSeed,
  customer: Pick<Customer, 'id' | 'country'>,
): Interaction[] {
  return seed.calls.map((call) =>
    interactionOf(context, seed, customer, call, new Random(context.seed, 'interaction', call.id)),
  )
}

function interactionOf(
  context: BuildContext,
  seed: CustomerSeed,
  customer: Pick<Customer, 'id' | 'country'>,
  call: BankCall,
  random: Random,
): Interaction {
  const { calendar, staff } = context
  const startedAt = calendar.at(calendar.callDate(call.day), call.entrySecond)
  const served = call.outcome === 'AGENT' && call.server !== null
  const type = types[call.type] ?? types.PS!
  const matter: Matter = seed.kind === 'guest' ? 'booking' : random.pick(type.matters)
  const waitMs = call.queueSeconds * 1000
  const talkMs = served ? call.serviceSeconds * 1000 : 0
  return {
    id: random.uuid(startedAt),
    customerId: customer.id,
    channel: 'phone',
    direction: 'in',
    startedAt,
    endedAt: startedAt + call.menuSeconds * 1000 + waitMs + talkMs,
    callId: CallId.parse(`1999-${call.id}`),
    userId: served ? staff.agents[serverIndex(call.server ?? '') % staff.agents.length]!.id : null,
    queue: seed.kind === 'guest' ? 'hotel' : type.queue,
    waitMs,
    talkMs,
    matter: served ? matter : null,
    outcome: served ? random.weighted({ resolved: 6, answered: 5, promised: 2, forwarded: 1 }) : 'abandoned',
    nextStep: served ? random.weighted({ none: 8, callback: 1, checkOrder: 1 }) : null,
    note: served ? random.pick(spokenIn(customer.country, notes[matter])) : '',
    revision: 1,
    ...untouched.interaction,
    ...stored,
  }
}

/** Every human server of the bank becomes one agent, the same in every build. */
const serverIndex = (server: string): number =>
  [...server].reduce((sum, ch) => (sum * 31 + ch.codePointAt(0)!) % 9973, 7)

/** Notes about customers in China are written in Chinese or Latin script, those about others only in Latin script. */
export const spokenIn = (country: string | null, texts: readonly string[]): readonly string[] =>
  country === 'CN' ? texts : texts.filter((text) => !hasCjk(text))

import type { Party } from '../protocol/calls.ts'
import type { Customer, Line } from '../protocol/entities.ts'
import type { RowSet } from './build/build-context.ts'
import { Random } from './random.ts'
import { recordInterest } from './record-interest.ts'
import type { BankCall } from './readers/bank-call.ts'

/**
 * One call that the simulated PBX will make, `afterMs` after the one before it. The caller gives up after `patienceMs`
 * and is served for `serviceMs` (null: until the agent hangs up).
 */
export interface DemoCall {
  readonly afterMs: number
  readonly from: Party
  readonly line: string
  readonly queue: string
  readonly patienceMs: number
  readonly serviceMs: number | null
  readonly collected: string | null
  /** The name of the case, for people who read the plan. */
  readonly name: string
}

interface Caller {
  readonly numbers: readonly string[]
  readonly account: string
  readonly group: Group
  /** How much there is to show in the record. */
  readonly interest: number
  readonly openComplaint: boolean
  readonly openQuote: boolean
  /** The due date of the oldest open invoice. */
  readonly debtSince: string | null
}

/**
 * Each group keeps its own best records, because guests have less to show than buyers, and people of an organisation
 * less than the organisation.
 */
const groups = ['retail', 'organisation', 'person of an organisation', 'guest'] as const
type Group = (typeof groups)[number]
const queueOf: Readonly<Record<Group, string>> = {
  retail: 'support',
  organisation: 'sales',
  'person of an organisation': 'sales',
  guest: 'hotel',
}

/**
 * The order of callers, which repeats: the best record first, and every kind of call that an agent has to handle within
 * the first dozen.
 */
const round = [
  'retail',
  'organisation',
  'shared number',
  'open complaint',
  'withheld',
  'guest',
  'unknown',
  'debts',
  'open quote',
  'switchboard',
  'person of an organisation',
  'withheld, account number keyed',
] as const

const FIRST_AFTER_MS = 2000
/**
 * The gaps of the real day are shortened so that one person at a demo can follow. The first round is quick, so that a
 * newcomer sees all kinds.
 */
const SHORTEST_GAP_MS = 22_000
const LONGEST_GAP_MS = 55_000
const MOST_CALLERS = 600

/**
 * Chooses the callers of a demo: it watches the rows pass, keeps the customers with the most to show, the shared
 * numbers and the guests, and gives them the waits, patience and service times of the bank's calls.
 */
export class CallPlan {
  readonly #callers: Caller[] = []
  readonly #owners = new Map<string, Group[]>()

  watch(rows: RowSet): void {
    const interest = recordInterest(rows)
    const openComplaints = new Set(rows.complaint?.filter((c) => c.closedAt === null).map((c) => c.customerId))
    const openQuotes = new Set(rows.quote?.filter((q) => q.status === 'issued').map((q) => q.customerId))
    const debts = Map.groupBy(rows.invoice?.filter((i) => i.status === 'open') ?? [], (i) => i.customerId)
    const points = Map.groupBy(rows.contactPoint?.filter((p) => p.e164 !== null) ?? [], (p) => p.customerId)
    for (const customer of rows.customer ?? []) {
      const numbers = points.get(customer.id)?.map((p) => p.e164!) ?? []
      const group = groupOf(customer)
      for (const e164 of new Set(numbers)) this.#owners.set(e164, [...(this.#owners.get(e164) ?? []), group])
      if (numbers.length === 0) continue
      this.#callers.push({
        numbers,
        account: customer.number,
        group,
        interest: (interest.get(customer.id) ?? 0) + (customer.nativeName ? 4 : 0),
        openComplaint: openComplaints.has(customer.id),
        openQuote: openQuotes.has(customer.id),
        debtSince:
          debts
            .get(customer.id)
            ?.map((i) => i.dueOn)
            .toSorted()[0] ?? null,
      })
    }
    this.#callers.sort((a, b) => b.interest - a.interest)
    const kept = groups.flatMap((group) => this.#callers.filter((c) => c.group === group).slice(0, MOST_CALLERS))
    this.#callers.splice(0, this.#callers.length, ...kept)
  }

  /** Returns the calls of a day. */
  calls(source: readonly BankCall[], lines: readonly Line[], seed: string): DemoCall[] {
    const random = new Random(seed, 'plan')
    const next = this.#queuesOfCallers()
    const lineFor = (queue: string): Line => lines.find((l) => l.label.toLowerCase() === queue) ?? lines[0]!
    return source.slice(0, MOST_CALLERS).map((call, i): DemoCall => {
      const kind = round[i % round.length]!
      const caller = kind === 'unknown' || kind === 'withheld' ? null : next(kind)
      const queue = caller ? queueOf[caller.group] : 'support'
      const line = lineFor(queue)
      const before = source[i - 1]
      const gap = before ? ((call.day - before.day) * 86_400 + call.entrySecond - before.entrySecond) * 1000 : 0
      const patience = call.outcome === 'AGENT' ? 120_000 : Math.max(12_000, call.queueSeconds * 1000)
      const number = (e164: string): Party => ({ kind: 'number', raw: asTrunkWrites(e164, line), name: null })
      const keyed = kind === 'withheld, account number keyed' && caller !== null
      return {
        afterMs:
          i === 0
            ? FIRST_AFTER_MS
            : Math.min(i < round.length ? SHORTEST_GAP_MS : LONGEST_GAP_MS, Math.max(SHORTEST_GAP_MS, gap)),
        line: line.number!,
        queue,
        patienceMs: i === 0 ? 120_000 : patience,
        serviceMs: i === 0 ? null : Math.max(20_000, call.serviceSeconds * 1000),
        from: kind === 'withheld' || keyed ? { kind: 'withheld' } : number(caller?.e164 ?? this.#stranger(random)),
        collected: keyed ? caller.account : null,
        name: caller || kind === 'withheld' ? kind : 'unknown',
      }
    })
  }

  /** Returns the next caller of each kind; nobody calls again before all callers of the kind have called. */
  #queuesOfCallers(): (kind: string) => (Pick<Caller, 'account' | 'group'> & { e164: string }) | null {
    const own = this.#callers.flatMap((caller) => {
      const e164 = caller.numbers.find((n) => this.#owners.get(n)?.length === 1)
      return e164 ? [{ ...caller, e164 }] : []
    })
    const shared = [...this.#owners]
      .filter(([, owners]) => owners.length > 1)
      .map(([e164, [group = 'retail']]) => ({ e164, group, account: '' }))
    const inDebt = own
      .filter((c) => c.group === 'retail' && c.debtSince !== null)
      .toSorted((a, b) => (a.debtSince! < b.debtSince! ? -1 : 1))
    const queues: Readonly<Record<string, readonly (Pick<Caller, 'account' | 'group'> & { e164: string })[]>> = {
      ...Object.fromEntries(groups.map((group) => [group, own.filter((c) => c.group === group)])),
      'open complaint': own.filter((c) => c.group === 'retail' && c.openComplaint),
      debts: inDebt,
      'open quote': own.filter((c) => c.group === 'retail' && c.openQuote),
      'shared number': shared.filter((s) => s.group === 'retail'),
      switchboard: shared.filter((s) => s.group === 'organisation'),
      'withheld, account number keyed': own.filter((c) => c.group === 'retail'),
    }
    const turns = new Map<string, number>()
    let called = new Set<string>()
    return (kind) => {
      const queue = queues[kind] ?? []
      for (let tries = 0; tries < queue.length; tries++) {
        const turn = turns.get(kind) ?? 0
        turns.set(kind, turn + 1)
        const caller = queue[turn % queue.length]!
        if (turn > 0 && turn % queue.length === 0) called = new Set()
        if (called.has(caller.e164)) continue
        called.add(caller.e164)
        return caller
      }
      return queue[0] ?? null
    }
  }

  /** A number that no customer has. */
  #stranger(random: Random): string {
    for (;;) {
      const e164 = `+8613${random.int(0, 2)}${random.digits(8)}`
      if (!this.#owners.has(e164)) return e164
    }
  }
}

const groupOf = ({ kind, profile }: Customer): Group =>
  kind === 'organisation'
    ? 'organisation'
    : profile === 'b2b'
      ? 'person of an organisation'
      : profile === 'hotel'
        ? 'guest'
        : 'retail'

/**
 * Writes a caller id as a trunk of that country delivers it: national numbers in national form, foreign ones with the
 * international prefix.
 */
function asTrunkWrites(e164: string, line: Line): string {
  if (line.country === 'CN') {
    if (e164.startsWith('+861')) return e164.length === 14 ? e164.slice(3) : `0${e164.slice(3)}`
    return e164.startsWith('+86') ? `0${e164.slice(3)}` : `00${e164.slice(1)}`
  }
  return e164
}

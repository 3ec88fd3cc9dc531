import type { Party } from '../protocol/calls.ts'
import type { Line } from '../protocol/entities.ts'
import type { RowSet } from './build/build-context.ts'
import { Random } from './random.ts'
import type { BankCall } from './readers/bank-call.ts'

/** One call that the simulated PBX will make: `afterMs` after the one before it; it gives up after `patienceMs` and is served for `serviceMs` (null: until the agent hangs up). */
export interface DemoCall {
  readonly afterMs: number
  readonly from: Party
  readonly line: string
  readonly queue: string
  readonly patienceMs: number
  readonly serviceMs: number | null
  readonly collected: string | null
  /** What the case is, for who reads the plan. */
  readonly name: string
}

interface Caller {
  readonly e164: string
  readonly account: string
  readonly profile: 'retail' | 'b2b' | 'hotel'
  readonly interest: number
}

/** Gaps of the busiest hour squeezed to what one person at a demo can follow. */
const SHORTEST_GAP_MS = 22_000
const LONGEST_GAP_MS = 55_000
const MOST_CALLERS = 600

/**
 * Chooses who calls in a demo: it watches the rows go by, keeps the customers with the most to show, the shared numbers
 * and the guests, and lays them over the waits, patience and service times of the bank's calls.
 */
export class CallPlan {
  readonly #callers: Caller[] = []
  readonly #owners = new Map<string, number>()
  readonly #shared = new Set<string>()

  watch(rows: RowSet): void {
    const interest = new Map<string, number>()
    const add = (customerId: string | null, points: number) => customerId && interest.set(customerId, (interest.get(customerId) ?? 0) + points)
    /** Much of one kind is no more to look at than some of it: who calls ten times a day is not the best record to show. */
    const addUpTo = (most: number, points: number, ids: readonly (string | null)[]) => {
      for (const [id, same] of Map.groupBy(ids, (id) => id)) add(id, Math.min(most, same.length) * points)
    }
    for (const c of rows.complaint ?? []) if (c.closedAt === null) add(c.customerId, 5)
    addUpTo(2, 4, (rows.order ?? []).filter((o) => o.status === 'shipped' || o.status === 'confirmed' || o.status === 'new').map((o) => o.customerId))
    addUpTo(20, 0.15, (rows.order ?? []).map((o) => o.customerId))
    addUpTo(2, 3, (rows.invoice ?? []).filter((i) => i.status === 'open').map((i) => i.customerId))
    addUpTo(2, 3, (rows.quote ?? []).filter((q) => q.status === 'issued').map((q) => q.customerId))
    addUpTo(6, 0.3, (rows.interaction ?? []).map((i) => i.customerId))
    addUpTo(3, 0.7, (rows.preference ?? []).map((p) => p.customerId))
    for (const s of rows.stay ?? []) add(s.customerId, s.status === 'booked' || s.status === 'inHouse' ? 4 : s.status === 'departed' ? 1 : 0)
    const points = new Map<string, string>()
    for (const point of rows.contactPoint ?? []) {
      if (!point.e164) continue
      const owners = (this.#owners.get(point.e164) ?? 0) + 1
      this.#owners.set(point.e164, owners)
      if (owners > 1) this.#shared.add(point.e164)
      if (!points.has(point.customerId)) points.set(point.customerId, point.e164)
    }
    for (const customer of rows.customer ?? []) {
      const e164 = points.get(customer.id)
      if (e164) this.#callers.push({ e164, account: customer.number, profile: customer.profile, interest: (interest.get(customer.id) ?? 0) + (customer.nativeName ? 4 : 0) })
    }
    this.#callers.sort((a, b) => b.interest - a.interest)
    // Hotel guests have less to show than buyers, so each profile keeps its own best.
    const kept = (['retail', 'b2b', 'hotel'] as const).flatMap((profile) => this.#callers.filter((c) => c.profile === profile).slice(0, MOST_CALLERS))
    this.#callers.splice(0, this.#callers.length, ...kept)
  }

  /** The calls of a day, the best record first; every kind of caller comes within the first dozen. */
  calls(source: readonly BankCall[], lines: readonly Line[], seed: string): DemoCall[] {
    const random = new Random(seed, 'plan')
    const known = this.#callers.filter((c) => this.#owners.get(c.e164) === 1)
    const queueOf = { retail: 'support', b2b: 'sales', hotel: 'hotel' } as const
    const of = { retail: known.filter((c) => c.profile === 'retail'), b2b: known.filter((c) => c.profile === 'b2b'), hotel: known.filter((c) => c.profile === 'hotel') }
    const shared = [...this.#shared]
    const lineFor = (queue: string): Line => lines.find((l) => l.label.toLowerCase() === queue) ?? lines[0]!
    return source.slice(0, MOST_CALLERS).map((call, i): DemoCall => {
      const before = source[i - 1]
      const gap = before ? ((call.day - before.day) * 86_400 + call.entrySecond - before.entrySecond) * 1000 : 0
      const profile = (['retail', 'b2b', 'retail', 'hotel'] as const)[i % 4]!
      const caller = of[profile][Math.floor(i / 4) % Math.max(1, of[profile].length)]
      const queue = queueOf[profile]
      const line = lineFor(queue)
      const from = (number: string): Party => ({ kind: 'number', raw: asTrunkWrites(number, line), name: null })
      const patience = call.outcome === 'AGENT' ? 120_000 : Math.max(12_000, call.queueSeconds * 1000)
      const base = {
        afterMs: i === 0 ? 2000 : Math.min(LONGEST_GAP_MS, Math.max(SHORTEST_GAP_MS, gap)), line: line.number!, queue,
        patienceMs: i === 0 ? 120_000 : patience, serviceMs: i === 0 ? null : Math.max(20_000, call.serviceSeconds * 1000), collected: null,
        name: profile,
      }
      // The kinds that go wrong elsewhere come early: a shared line third, an unknown number sixth, a withheld one eighth.
      if (i % 12 === 2 && shared.length > 0) return { ...base, from: from(shared[Math.floor(i / 12) % shared.length]!), name: 'shared number' }
      if (i % 12 === 5 || !caller) return { ...base, from: from(`+8613${random.int(0, 2)}${random.digits(8)}`), name: 'unknown' }
      if (i % 12 === 7) return { ...base, from: { kind: 'withheld' }, name: 'withheld' }
      if (i % 12 === 10) return { ...base, from: { kind: 'withheld' }, collected: caller.account, name: 'withheld, account number keyed' }
      return { ...base, from: from(caller.e164) }
    })
  }
}

/** As a trunk of that country hands a caller id over: home numbers national, foreign ones with the international prefix. */
function asTrunkWrites(e164: string, line: Line): string {
  if (line.country === 'CN') {
    if (e164.startsWith('+861')) return e164.length === 14 ? e164.slice(3) : `0${e164.slice(3)}`
    return e164.startsWith('+86') ? `0${e164.slice(3)}` : `00${e164.slice(1)}`
  }
  return e164
}

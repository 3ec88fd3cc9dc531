import { Random } from '../random.ts'
import type { BankCall } from '../readers/bank-call.ts'
import { fitted } from '../shape/fitted.ts'

/**
 * Generates a month of calls, as many as in the real data, in order of arrival; the arrivals by weekday and hour are
 * exactly the fitted ones.
 */
export function generateBankCalls(seed: string): BankCall[] {
  const random = new Random(seed, 'calls')
  const shape = fitted.calls
  const weeks = shape.days / 7
  const servers = Object.fromEntries(shape.serverShare.map((share, i) => [`S${String(i + 1).padStart(2, '0')}`, share]))
  const callers = callersOf(Math.round(shape.count * shape.identified), random)
  const calls = shape.arrivals.flatMap((hours, weekday) =>
    hours.flatMap((count, hour) =>
      Array.from({ length: count }, (): BankCall => {
        const outcome = random.weighted(shape.outcome) as BankCall['outcome']
        const type = random.weighted(shape.type)
        const identified = random.chance(shape.identified)
        return {
          id: 0,
          customer: identified ? (callers.pop() ?? 0) : 0,
          priority: Number(random.weighted(shape.priority)),
          type,
          day: random.int(0, weeks - 1) * 7 + weekday,
          entrySecond: hour * 3600 + random.int(0, 3599),
          menuSeconds: Math.round(random.quantile(shape.menuSeconds)),
          queueSeconds: random.chance(shape.queued[outcome] ?? 0)
            ? Math.max(1, Math.round(random.quantile(shape.waitSeconds[outcome]!)))
            : 0,
          outcome,
          serviceSeconds:
            outcome === 'AGENT'
              ? Math.round(random.quantile(shape.serviceSeconds[type] ?? shape.serviceSeconds.PS!))
              : 0,
          server: outcome === 'AGENT' ? random.weighted(servers) : null,
        }
      }),
    ),
  )
  return calls
    .toSorted((a, b) => a.day - b.day || a.entrySecond - b.entrySecond)
    .map((call, i) => ({ ...call, id: i + 1 }))
}

/** The customer of each call, in random order; customers call as often as the real ones. */
function callersOf(calls: number, random: Random): number[] {
  const out: number[] = []
  for (let customer = 1; out.length < calls; customer++) {
    const times = Math.max(1, Math.round(random.quantile(fitted.calls.callsPerCustomer)))
    for (let i = 0; i < times; i++) out.push(customer)
  }
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.int(0, i)
    ;[out[i], out[j]] = [out[j]!, out[i]!]
  }
  return out
}

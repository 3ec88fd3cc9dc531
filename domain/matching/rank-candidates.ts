import type { Customer } from '../../protocol/entities.ts'
import { Tier } from '../../protocol/entities/customer.ts'
import type { Candidate, Match, MatchReason, ShownNumber } from '../../protocol/match.ts'

/** A customer that was found for a call, with the reasons for and against this customer. */
export interface FoundCustomer {
  readonly customer: Customer
  readonly organisationName: string | null
  readonly organisationNativeName?: string | null
  /**
   * How the customer was found: by the key that the voice menu collected, by the whole number, by its national form, or
   * only by its last digits.
   */
  readonly via: 'collected' | 'exact' | 'national' | 'suffix'
  readonly pick: { readonly verdict: 'them' | 'notThem'; readonly times: number; readonly at: number } | null
  readonly lastContactAt: number | null
  readonly openComplaint: boolean
  readonly openOrder: boolean
  /** A callback to this customer is due about now. */
  readonly callbackDue: boolean
  /** The customer belongs to the same organisation as another customer that was found. */
  readonly sameOrganisation: boolean
}

/** The most candidates that are shown, so that a single digit picks one. */
export const MOST_CANDIDATES = 9

/**
 * Which customer a call is from. A single whole match opens. Of several, one that was picked before opens, and the
 * others are one key away; without such a pick they are ranked with their reasons and the agent is asked once. A
 * customer found by the last digits is never more than a suggestion, and a withheld number or one of our own matches
 * nobody.
 */
export function rankCandidates(number: ShownNumber, isOurs: boolean, found: readonly FoundCustomer[]): Match {
  const collected = found.some((f) => f.via === 'collected')
  if (number.kind === 'withheld' && !collected) return { kind: 'withheld' }
  if (isOurs && !collected) return { kind: 'ours' }
  const ranked = unique(found).toSorted(byLikelihood)
  const candidates = ranked.map(candidateOf).slice(0, MOST_CANDIDATES)
  const whole = ranked.filter((f) => f.via !== 'suffix' && (f.via === 'collected' || f.pick?.verdict !== 'notThem'))
  if (whole.length === 0) return { kind: 'none', suggestions: candidates }
  const sure = whole.filter((f) => f.via === 'collected')
  const picked = whole.filter((f) => f.pick?.verdict === 'them')
  const opens =
    whole.length === 1
      ? whole[0]
      : sure.length === 1
        ? sure[0]
        : sure.length === 0 && picked.length === 1
          ? picked[0]
          : undefined
  if (opens) {
    const first = candidateOf(opens)
    return {
      kind: 'one',
      customerId: opens.customer.id,
      candidates: [first, ...candidates.filter((c) => c.customerId !== first.customerId)],
    }
  }
  return { kind: 'several', candidates }
}

/** A customer who was found twice (office and mobile under one number) counts once, with the stronger way. */
function unique(found: readonly FoundCustomer[]): FoundCustomer[] {
  const best = new Map<string, FoundCustomer>()
  for (const f of found) {
    const other = best.get(f.customer.id)
    if (!other || strength(f.via) > strength(other.via)) best.set(f.customer.id, f)
  }
  return [...best.values()]
}

const strength = (via: FoundCustomer['via']): number => ['suffix', 'national', 'exact', 'collected'].indexOf(via)

function byLikelihood(a: FoundCustomer, b: FoundCustomer): number {
  return (
    Number(b.via === 'collected') - Number(a.via === 'collected') ||
    Number(b.via !== 'suffix') - Number(a.via !== 'suffix') ||
    pickWeight(b) - pickWeight(a) ||
    matterWeight(b) - matterWeight(a) ||
    (b.lastContactAt ?? 0) - (a.lastContactAt ?? 0) ||
    Tier.options.indexOf(a.customer.tier) - Tier.options.indexOf(b.customer.tier) ||
    a.customer.number.localeCompare(b.customer.number)
  )
}

/** The time of a pick counts for more than how often a customer was picked: in a family, a phone is handed on. */
const pickWeight = ({ pick }: FoundCustomer): number => (pick ? (pick.verdict === 'them' ? pick.at : -1) : 0)

const matterWeight = (f: FoundCustomer): number =>
  (f.callbackDue ? 4 : 0) + (f.openComplaint ? 2 : 0) + (f.openOrder ? 1 : 0)

function candidateOf(f: FoundCustomer): Candidate {
  const reasons: MatchReason[] = []
  if (f.via === 'collected') reasons.push({ code: 'collectedKey' })
  if (f.pick?.verdict === 'them') reasons.push({ code: 'pickedBefore', times: f.pick.times, at: f.pick.at })
  if (f.via === 'exact') reasons.push({ code: 'exactNumber' })
  if (f.via === 'national') reasons.push({ code: 'nationalNumber' })
  if (f.via === 'suffix') reasons.push({ code: 'suffix' })
  if (f.callbackDue) reasons.push({ code: 'callbackDue' })
  if (f.openComplaint) reasons.push({ code: 'openComplaint' })
  if (f.openOrder) reasons.push({ code: 'openOrder' })
  if (f.lastContactAt !== null) reasons.push({ code: 'lastContact', at: f.lastContactAt })
  if (f.sameOrganisation) reasons.push({ code: 'sameOrganisation' })
  const { customer } = f
  return {
    customerId: customer.id,
    number: customer.number,
    displayName: customer.displayName,
    nativeName: customer.nativeName,
    organisationName: f.organisationName,
    organisationNativeName: f.organisationNativeName ?? null,
    city: customer.city,
    tier: customer.tier,
    reasons,
  }
}

import type { AgentCall } from '../../../protocol/calls.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import type { Candidate, Match, ShownNumber } from '../../../protocol/match.ts'
import type { Customer } from '../../../protocol/entities.ts'
import type { CallId } from '../../../protocol/scalars.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { customers } from './records.ts'
import { DAY, nextId, userId } from './rows.ts'

export const candidate = (customer: Customer, reasons: Candidate['reasons']): Candidate => ({
  customerId: customer.id,
  kind: customer.kind,
  number: customer.number,
  displayName: customer.displayName,
  nativeName: customer.nativeName,
  organisationName: customer.organisationId ? customers.huaxin.displayName : null,
  city: customer.city,
  tier: customer.tier,
  reasons,
})

const shown = (e164: string, region: string, display: string): ShownNumber => ({
  kind: 'number',
  raw: e164,
  e164,
  nationalKey: `${region}:${e164.slice(3)}`,
  region,
  display,
})

/** The kinds of caller there are. */
export type Caller = 'business' | 'guest' | 'several' | 'unknown' | 'withheld' | 'inexact'

const partyOf = (caller: Caller, now: number): { number: ShownNumber | null; match: Match } => {
  const { liWei, emma, wangFang, wangQiang, chen } = customers
  switch (caller) {
    case 'business':
      return {
        number: shown('+8613800138000', 'CN', '+86 138 0013 8000'),
        match: { kind: 'one', customerId: liWei.id, candidates: [candidate(liWei, [{ code: 'exactNumber' }])] },
      }
    case 'guest':
      return {
        number: shown('+447911123456', 'GB', '+44 7911 123456'),
        match: { kind: 'one', customerId: emma.id, candidates: [candidate(emma, [{ code: 'exactNumber' }])] },
      }
    case 'inexact':
      return {
        number: { ...shown('+8613925550199', 'CN', '139 2555 0199'), e164: null },
        match: {
          kind: 'one',
          customerId: wangFang.id,
          candidates: [
            candidate(wangFang, [{ code: 'nationalNumber' }, { code: 'pickedBefore', times: 3, at: now - 6 * DAY }]),
            candidate(chen, [{ code: 'nationalNumber' }]),
          ],
        },
      }
    case 'several':
      return {
        number: shown('+862085550142', 'CN', '+86 20 8555 0142'),
        match: {
          kind: 'several',
          candidates: [
            candidate(wangFang, [{ code: 'lastContact', at: now - 6 * DAY }, { code: 'openOrder' }]),
            candidate(wangQiang, [{ code: 'exactNumber' }, { code: 'openComplaint' }]),
            candidate(chen, [{ code: 'sameOrganisation' }]),
          ],
        },
      }
    case 'unknown':
      return {
        number: shown('+8615112345678', 'CN', '+86 151 1234 5678'),
        match: { kind: 'none', suggestions: [candidate(chen, [{ code: 'suffix' }])] },
      }
    case 'withheld':
      return { number: null, match: { kind: 'withheld' } }
  }
}

/** A call of this workstation as the core would show it. */
export function deskCall(caller: Caller, now: number, fields: Partial<AgentCall> = {}): DeskCall {
  const { number, match } = partyOf(caller, now)
  const callId = (fields.callId ?? `call-${caller}`) as CallId
  return {
    call: {
      callId,
      revision: 1,
      userId: userId(1),
      direction: 'in',
      phase: 'ringing',
      phaseAt: now - 6_000,
      givenTo: null,
      missed: null,
      party: number ? { kind: 'number', raw: number.raw, name: null } : { kind: 'withheld' },
      line: '+8675588880000',
      queue: 'support',
      waitMs: 41_000,
      collected: null,
      forwardedBy: null,
      offeredAt: now - 6_000,
      answeredAt: null,
      endedAt: null,
      talkMs: null,
      outcome: null,
      handedOver: null,
      ...fields,
    },
    number,
    match,
    customerId: match.kind === 'one' ? match.customerId : null,
    draft: {
      key: callId,
      interactionId: nextId(),
      callId,
      customerId: match.kind === 'one' ? match.customerId : null,
      openedAt: now - 6_000,
      savedAt: null,
      content: emptyDraft,
    },
    local: false,
    enriched: false,
  }
}

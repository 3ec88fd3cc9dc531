import { describe, expect, test } from 'vitest'
import { wrapUpProblem } from '../../../domain/wrap-up-problem.ts'
import { wrapUpArgs } from '../../../main/calls/wrap-up.ts'
import { emptyDraft, type Draft, type DraftContent } from '../../../protocol/draft.ts'
import { NextStep } from '../../../protocol/entities/interaction.ts'
import type { Candidate, Match } from '../../../protocol/match.ts'
import { CustomerId, UserId } from '../../../protocol/scalars.ts'

const now = Date.parse('2026-11-30T14:20:00+08:00')
const someone = CustomerId.parse('0198a000-0000-7000-8000-000000000001')
const agent = UserId.parse('0198a000-0000-7000-8000-000000000002')
const several: Match = { kind: 'several', candidates: [{} as Candidate, {} as Candidate] }
const of = (
  content: Partial<DraftContent>,
  more: { match?: Match | null; customerId?: CustomerId | null; leaveForms?: boolean } = {},
) =>
  wrapUpProblem({
    content: { ...emptyDraft, ...content },
    match: null,
    customerId: someone,
    now,
    leaveForms: false,
    ...more,
  })?.code ?? null

const draft = (content: Partial<DraftContent>): Draft => ({
  key: 'customer:x',
  interactionId: '0198a000-0000-7000-8000-000000000003',
  callId: null,
  customerId: someone,
  openedAt: now - 60_000,
  savedAt: now,
  content: { ...emptyDraft, ...content },
})
const args = (content: Partial<DraftContent>) => {
  const made = wrapUpArgs(draft(content), null, agent, now, false)
  if (!made.ok) throw new Error(made.error.code)
  return made.value
}

describe('a wrap-up stops, whatever the next step is, on', () => {
  const steps = [null, ...NextStep.options]
  test.each(steps)('a callback time that cannot be read (next step %s)', (nextStep) => {
    expect(of({ nextStep, callbackText: '10am tomorow', callbackAt: null })).toBe('CALLBACK_UNREADABLE')
  })
  test.each(steps)('a callback time that has passed (next step %s)', (nextStep) => {
    expect(of({ nextStep, callbackText: '9:00', callbackAt: now - 1000 })).toBe('DUE_IN_THE_PAST')
  })
})

test('a wrap-up stops on all other text that would reach no command, and on nothing that is empty', () => {
  expect(of({})).toBeNull()
  expect(of({ callbackText: '  ' })).toBeNull()
  expect(of({ nextStep: 'callback' })).toBe('CALLBACK_WITHOUT_TIME')
  expect(of({ note: 'x'.repeat(20_000) })).toBeNull()
  expect(of({ note: 'x'.repeat(20_001) })).toBe('TEXT_TOO_LONG')
  const capture = { name: '', nativeName: '', company: '', organisationId: null, city: '', phone: '+86 151 1234 5678' }
  expect(of({ capture }, { customerId: null })).toBeNull()
  for (const typed of [{ name: 'Chen' }, { nativeName: '陈' }, { company: 'Huaxin' }, { city: 'Wuhan' }]) {
    expect(of({ capture: { ...capture, ...typed } }, { customerId: null })).toBe('FORM_UNFINISHED')
    expect(of({ capture: { ...capture, ...typed } })).toBeNull()
  }
  expect(of({ quote: { productId: null, productSku: '', price: '', quantity: '1', reason: 'volume' } })).toBe(
    'FORM_UNFINISHED',
  )
  expect(of({ complaint: { subject: '', description: 'torn', severity: 'normal', orderId: null } })).toBe(
    'FORM_UNFINISHED',
  )
  expect(of({ preference: { key: 'seat', value: 'window', source: 'said' } })).toBe('FORM_UNFINISHED')
  expect(of({ preference: { key: 'seat', value: 'window', source: 'said' } }, { leaveForms: true })).toBeNull()
})

test('with several possible callers a wrap-up stops until one of them, or none of them, is chosen', () => {
  expect(of({}, { match: several, customerId: null })).toBe('CALLER_NOT_CHOSEN')
  expect(of({}, { match: several, customerId: null, leaveForms: true })).toBe('CALLER_NOT_CHOSEN')
  expect(of({}, { match: several, customerId: someone })).toBeNull()
  expect(of({ noneOfThem: true }, { match: several, customerId: null })).toBeNull()
  expect(of({}, { match: { kind: 'none', suggestions: [] }, customerId: null })).toBeNull()
})

test.each([
  [null, 'callback'],
  ['none', 'callback'],
  ['callback', 'callback'],
  ['sendQuote', 'sendQuote'],
  ['sendInvoice', 'sendInvoice'],
  ['checkOrder', 'checkOrder'],
  ['informColleague', 'informColleague'],
] as const)('a callback time beside the next step %s becomes a promise with that time', (nextStep, kept) => {
  const callbackAt = now + 3_600_000
  expect(args({ nextStep, callbackText: 'in an hour', callbackAt })).toMatchObject({
    nextStep: kept,
    followUp: { dueAt: callbackAt, ownerUserId: agent },
  })
})

test('a draft that is wrapped up twice makes one promise', () => {
  const content = { note: 'asks for the price', callbackText: '15:30', callbackAt: now + 4_200_000 }
  expect(args(content).followUp?.taskId).toBe(args(content).followUp?.taskId)
})

test('a title that is only the beginning of the note shows that it is cut, and the note stays whole', () => {
  const note = 'n'.repeat(500)
  const made = args({ note, callbackText: '15:30', callbackAt: now + 4_200_000 })
  expect(made.followUp?.title).toBe(`${'n'.repeat(120)}…`)
  expect(made.note).toBe(note)
})

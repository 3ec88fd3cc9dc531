import { expect, test } from 'vitest'
import { emptyWorkspace, nextWorkspace, type Workspace, type WorkspaceEvent } from '../../../renderer/app/workspace.ts'
import type { CallId, CustomerId } from '../../../protocol/scalars.ts'

const call = (id: string): CallId => id as CallId
const customer = (n: number) => ({
  customerId: `01920000-0000-7000-8000-00000000000${n}` as CustomerId,
  name: `Customer ${n}`,
})
const after = (...events: WorkspaceEvent[]): Workspace => events.reduce(nextWorkspace, emptyWorkspace)

test('a call that may open is shown, whatever place is open', () => {
  const workspace = after({ kind: 'go', place: 'search' }, { kind: 'callCame', callId: call('a'), mayOpen: true })
  expect(workspace).toMatchObject({ place: 'calls', active: { kind: 'call', callId: 'a' }, waiting: [] })
})

test('a call that may not open changes neither place nor tab, and is marked', () => {
  const workspace = after(
    { kind: 'openCustomer', customer: customer(1) },
    { kind: 'callCame', callId: call('a'), mayOpen: false },
    { kind: 'calls', callIds: [call('a')], onCall: null, taken: [] },
  )
  expect(workspace).toMatchObject({ active: { kind: 'customer' }, waiting: ['a'] })
})

test('going to a waiting call removes its mark', () => {
  const workspace = after(
    { kind: 'callCame', callId: call('a'), mayOpen: false },
    { kind: 'show', tab: { kind: 'call', callId: call('a') } },
  )
  expect(workspace.waiting).toEqual([])
})

test('after a call is done the next call is shown, or the customer opened last', () => {
  const open: WorkspaceEvent[] = [
    { kind: 'openCustomer', customer: customer(1) },
    { kind: 'callCame', callId: call('a'), mayOpen: true },
  ]
  expect(
    after(
      ...open,
      { kind: 'calls', callIds: [call('a'), call('b')], onCall: call('a'), taken: [] },
      { kind: 'calls', callIds: [call('b')], onCall: null, taken: [] },
    ).active,
  ).toEqual({ kind: 'call', callId: 'b' })
  expect(
    after(
      ...open,
      { kind: 'calls', callIds: [call('a')], onCall: null, taken: [] },
      { kind: 'calls', callIds: [], onCall: null, taken: [] },
    ).active,
  ).toEqual({ kind: 'customer', customerId: customer(1).customerId })
})

test('with no tab on the screen the call that the agent talks on is shown, and not one that waits for its wrap-up', () => {
  const [a, b] = [call('a'), call('b')]
  expect(after({ kind: 'calls', callIds: [a, b], onCall: b, taken: [] }).active).toEqual({ kind: 'call', callId: b })
  expect(
    after({ kind: 'show', tab: { kind: 'call', callId: a } }, { kind: 'calls', callIds: [a, b], onCall: b, taken: [] })
      .active,
  ).toEqual({ kind: 'call', callId: a })
})

test('a customer who is opened twice has one tab', () => {
  expect(
    after({ kind: 'openCustomer', customer: customer(1) }, { kind: 'openCustomer', customer: customer(1) }).customers,
  ).toHaveLength(1)
})

test('the last nine customers are in the recent list, each once', () => {
  const done = Array.from({ length: 12 }, (_, n) => ({ kind: 'done', customer: customer(n % 10) }) as const)
  const { recent } = after(...done)
  expect(recent).toHaveLength(9)
  expect(recent[0]).toEqual(customer(1))
  expect(new Set(recent.map((c) => c.customerId)).size).toBe(9)
})

test('a waiting call is shown when the agent’s text is saved and its tab closes', () => {
  const { customerId } = customer(1)
  const writing: WorkspaceEvent[] = [
    { kind: 'openCustomer', customer: customer(1) },
    { kind: 'callCame', callId: call('a'), mayOpen: false },
    { kind: 'calls', callIds: [call('a')], onCall: call('a'), taken: [] },
  ]
  const saved: WorkspaceEvent = { kind: 'close', tab: { kind: 'customer', customerId } }
  expect(after(...writing, saved)).toMatchObject({ active: { kind: 'call', callId: 'a' }, waiting: [] })
  // An agent who looks something up at another place stays there; the call stays marked.
  expect(after(...writing, { kind: 'go', place: 'search' }, saved)).toMatchObject({
    place: 'search',
    active: { kind: 'call', callId: 'a' },
    waiting: ['a'],
  })
  expect(after(...writing, { kind: 'go', place: 'search' }, saved, { kind: 'go', place: 'calls' }).waiting).toEqual([])
})

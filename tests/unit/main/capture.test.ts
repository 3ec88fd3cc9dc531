import { expect, test } from 'vitest'
import { writtenIn } from '../../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../../domain/numbers/normalise-number.ts'
import { captureArgs, type CapturedCall } from '../../../main/calls/capture.ts'
import { emptyDraft, type Draft, type DraftContent } from '../../../protocol/draft.ts'

type Form = NonNullable<DraftContent['capture']>
const empty: Form = { name: '', nativeName: '', company: '', organisationId: null, city: '', phone: '' }
const number = normaliseNumber('+8615112345678', writtenIn('CN'))
const from = (match: CapturedCall['match'], of = number): CapturedCall => ({ number: of, match })
const interactionId = crypto.randomUUID()

const captured = (form: Partial<Form>, call: CapturedCall | null = from({ kind: 'none', suggestions: [] })) => {
  const draft = {
    key: 'call-1',
    interactionId,
    callId: 'call-1',
    customerId: null,
    openedAt: 0,
    savedAt: 0,
    content: { ...emptyDraft, capture: { ...empty, ...form } },
  } as unknown as Draft
  const made = captureArgs(draft, call, 'CN')
  if (!made.ok) throw new Error(made.error.code)
  return made.value
}

test('the company of a captured person reaches the command: a known company by its id, a new one by its name', () => {
  const organisationId = crypto.randomUUID() as NonNullable<Form['organisationId']>
  expect(captured({ name: 'Chen Jie', company: 'Huaxin', organisationId })).toMatchObject({
    kind: 'person',
    organisationId,
    newOrganisation: null,
  })
  const made = captured({ name: 'Chen Jie', company: 'Huaxin Trading' })
  expect(made).toMatchObject({ kind: 'person', displayName: 'Chen Jie', newOrganisation: 'Huaxin Trading' })
  expect(made.organisationId).toMatch(/^[0-9a-f-]{36}$/)
  expect(captured({ company: 'Huaxin Trading' })).toMatchObject({
    kind: 'organisation',
    displayName: 'Huaxin Trading',
    organisationId: null,
    newOrganisation: null,
  })
  expect(captured({ name: 'Chen Jie' })).toMatchObject({ organisationId: null, newOrganisation: null })
})

test('a form that is saved twice makes one customer, and the next form another', () => {
  const id = crypto.randomUUID()
  expect(captured({ name: 'Chen', id })).toEqual(captured({ name: 'Chen', id }))
  expect(captured({ name: 'Chen', id }).customerId).toBe(id)
  expect(captured({ name: 'Chen' }).customerId).toBe(captured({ name: 'Chen' }).customerId)
})

test('the caller’s number is kept, but not for a withheld caller and not for our own lines', () => {
  expect(captured({ name: 'Chen' }).phone).toMatchObject({ raw: '+8615112345678' })
  expect(captured({ name: 'Chen' }, from({ kind: 'withheld' }, null as never)).phone).toBeNull()
  expect(captured({ name: 'Chen' }, from({ kind: 'ours' })).phone).toBeNull()
  expect(captured({ name: 'Chen', phone: '138 0013 8000' }, from({ kind: 'withheld' }, null as never)).phone).toEqual({
    raw: '138 0013 8000',
    country: 'CN',
  })
})

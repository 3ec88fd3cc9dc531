import { expect, test } from 'vitest'
import { mergedContent } from '../../../domain/merged-draft.ts'
import { emptyDraft, type DraftContent } from '../../../protocol/draft.ts'

const draft = (fields: Partial<DraftContent>): DraftContent => ({ ...emptyDraft, ...fields })
const quote = (price: string) => ({ productId: null, productSku: 'PX-9', price, quantity: '1', reason: '' })

test.each([
  ['before', '', 'before'],
  ['', 'in the call', 'in the call'],
  ['before', 'in the call', 'before\nin the call'],
  ['before', 'before\nin the call', 'before\nin the call'],
  ['  ', 'in the call', 'in the call'],
])('the earlier note %j and the call’s note %j become one: %j', (before, ofCall, note) => {
  expect(mergedContent(draft({ note: ofCall }), draft({ note: before }))).toEqual(draft({ note }))
})

test('what was chosen or begun earlier is kept where the call has nothing of its own', () => {
  const before = draft({ matter: 'order', quote: quote('182'), callbackText: 'fri 9', callbackAt: 9 })
  expect(mergedContent(draft({ note: 'n' }), before)).toEqual({ ...before, note: 'n' })
})

test('two forms of the same kind are not merged, so that neither is lost', () => {
  expect(mergedContent(draft({ quote: quote('182') }), draft({ quote: quote('190') }))).toBeNull()
  expect(mergedContent(draft({ quote: quote('182') }), draft({ quote: quote('182') }))).not.toBeNull()
})

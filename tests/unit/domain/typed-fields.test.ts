import { describe, expect, it } from 'vitest'
import { typedFields, withTyped } from '../../../domain/commands/typed-fields.ts'

const quote = {
  quoteId: 'q',
  customerId: 'c',
  lines: [
    { productId: 'p', quantity: 2, unitPriceMinor: 18_200, reason: null },
    { productId: 'r', quantity: 1, unitPriceMinor: 900, reason: 'old customer' },
  ],
}

describe('what a user typed into a command', () => {
  it('is found in every line of a list, and never an id', () => {
    expect(typedFields('quote.issue', quote).map(({ path, value }) => [path, value])).toEqual([
      ['lines.0.quantity', 2],
      ['lines.1.quantity', 1],
      ['lines.0.unitPriceMinor', 18_200],
      ['lines.1.unitPriceMinor', 900],
      ['lines.0.reason', null],
      ['lines.1.reason', 'old customer'],
    ])
    expect(typedFields('task.claim', { taskId: 't' })).toEqual([])
  })

  it('is not listed where it was left out', () => {
    expect(typedFields('customer.change', { customerId: 'c', was: { city: 'Ulm' }, now: { city: 'Bonn' } })).toEqual([
      { path: 'now.city', kind: 'line', value: 'Bonn' },
    ])
    expect(typedFields('interaction.wrapUp', { note: 'n', followUp: null })).toEqual([
      { path: 'note', kind: 'text', value: 'n' },
    ])
  })

  it('is changed in a copy, and the original stays', () => {
    expect(withTyped('quote.issue', quote, { 'lines.0.reason': 'a reason' })).toEqual({
      ...quote,
      lines: [{ ...quote.lines[0], reason: 'a reason' }, quote.lines[1]],
    })
    expect(quote.lines[0]?.reason).toBeNull()
  })

  it('cannot be changed where a path leads to a value that nobody typed', () => {
    expect(withTyped('quote.issue', quote, { customerId: 'another' })).toBeNull()
    expect(withTyped('quote.issue', quote, { '__proto__.x': 'y' })).toBeNull()
  })
})

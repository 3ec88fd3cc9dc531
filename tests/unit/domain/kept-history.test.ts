import { expect, it } from 'vitest'
import { keptHistory, monthsBefore } from '../../../domain/kept-history.ts'
import { entities } from '../../../protocol/entities.ts'

it('months before an instant are calendar months, and a day that the month does not have becomes its last day', () => {
  const at = (text: string) => Date.parse(text)
  expect(monthsBefore(at('2026-11-26T03:00:00Z'), 12)).toBe(at('2025-11-26T03:00:00Z'))
  expect(monthsBefore(at('2026-03-31T12:00:00Z'), 1)).toBe(at('2026-02-28T12:00:00Z'))
  expect(monthsBefore(at('2024-03-31T12:00:00Z'), 1)).toBe(at('2024-02-29T12:00:00Z'))
  expect(monthsBefore(at('2026-01-15T00:00:00Z'), 13)).toBe(at('2024-12-15T00:00:00Z'))
})

it('the conditions for unfinished rows use fields and values that the entity has', () => {
  expect(keptHistory).toHaveLength(9)
  for (const { entity, time, unfinished } of keptHistory) {
    const shape = entities[entity].schema.shape as Record<string, { safeParse(value: unknown): { success: boolean } }>
    expect(shape[time]?.safeParse(0).success).toBe(true)
    for (const value of unfinished === null ? [] : unfinished.is === 'empty' ? [null] : unfinished.is) {
      expect([entity, value, shape[unfinished!.field]?.safeParse(value).success]).toEqual([entity, value, true])
    }
  }
})

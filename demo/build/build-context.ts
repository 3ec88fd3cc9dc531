import type { EntityName, Row } from '../../protocol/entities.ts'
import type { CalendarShift } from './calendar-shift.ts'
import type { Catalogue } from './catalogue.ts'
import type { Staff } from './staff.ts'

/** The values that every part of the build uses. */
export interface BuildContext {
  readonly seed: string
  readonly calendar: CalendarShift
  readonly catalogue: Catalogue
  readonly staff: Staff
}

/** The rows of one customer or of a chunk of customers, by entity. */
export type RowSet = { [E in EntityName]?: Row<E>[] }

/** The server knows every row of the demo, so each begins at version 1. */
export const stored = { version: 1, scope: 'org' } as const

/** Converts US cents of the published purchases to fen at a fixed rate of 7.00. */
export const fenOfCents = (cents: number): number => Math.round(cents * 7)

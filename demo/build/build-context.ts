import type { EntityName, Row } from '../../protocol/entities.ts'
import type { CalendarShift } from './calendar-shift.ts'
import type { Catalogue } from './catalogue.ts'
import type { Staff } from './staff.ts'

/** What every part of the build draws from. */
export interface BuildContext {
  readonly seed: string
  readonly calendar: CalendarShift
  readonly catalogue: Catalogue
  readonly staff: Staff
}

/** Rows of one customer or of a chunk of customers, by entity. */
export type RowSet = { [E in EntityName]?: Row<E>[] }

/** Every row of the demo is known to the server, so it begins at version 1. */
export const stored = { version: 1, scope: 'org' } as const

/** US dollars of the published purchases become yuan at a fixed 7.00. */
export const fenOfCents = (cents: number): number => Math.round(cents * 7)

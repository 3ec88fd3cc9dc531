import type { EntityName } from '../protocol/entities.ts'
import { entities, entityNames } from '../protocol/entities.ts'

/** Entities whose rows are clustered by customer and time. Their tables grow for ever. */
export type HistoryEntity =
  | 'order'
  | 'shipment'
  | 'orderReturn'
  | 'invoice'
  | 'payment'
  | 'quote'
  | 'complaint'
  | 'interaction'
  | 'stay'

/**
 * The sign that a row is not finished, so that it is kept however old it is: a field that is still empty, or a status
 * that is not final.
 */
export type Unfinished =
  | { readonly field: string; readonly is: 'empty' }
  | { readonly field: string; readonly is: readonly string[] }

interface Kept {
  readonly entity: HistoryEntity
  /** The field with the instant that places a row in the history. */
  readonly time: string
  /** null: a row of this kind is finished as soon as it is written. */
  readonly unfinished: Unfinished | null
}

const unfinished: { readonly [E in HistoryEntity]: Unfinished | null } = {
  order: { field: 'status', is: ['new', 'confirmed', 'shipped'] },
  shipment: { field: 'status', is: ['inTransit', 'delayed'] },
  orderReturn: { field: 'status', is: ['requested', 'received'] },
  invoice: { field: 'status', is: ['open'] },
  payment: null,
  quote: { field: 'status', is: ['issued'] },
  complaint: { field: 'closedAt', is: 'empty' },
  interaction: null,
  stay: { field: 'status', is: ['booked', 'inHouse'] },
}

const isHistory = (entity: EntityName): entity is HistoryEntity => entities[entity].clustering.by === 'customer'

/**
 * What a workstation that keeps only the last months holds of each kind of history: the rows since then, and older rows
 * that are not finished, because open matters are shown first. It holds all rows of the other entities.
 */
export const keptHistory: readonly Kept[] = entityNames.filter(isHistory).map((entity) => {
  const { clustering } = entities[entity]
  return { entity, time: clustering.by === 'customer' ? clustering.time : '', unfinished: unfinished[entity] }
})

/** The instant `months` calendar months before `now` (UTC). If that month lacks the day, its last day is used. */
export function monthsBefore(now: number, months: number): number {
  const date = new Date(now)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() - months)
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, daysInMonth))
  return date.getTime()
}

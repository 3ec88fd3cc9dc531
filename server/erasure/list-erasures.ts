import type { Queryable } from '../db/connect.ts'

/** A device that may have held data of an erased customer. `confirmedAt` null: it has not sent its receipt yet. */
export interface ConcernedDevice {
  readonly label: string
  readonly deviceId: string
  readonly confirmedAt: number | null
  /** How many damaged journals lie on the device. They have to be removed by hand. */
  readonly setAside: number
  readonly seenAt: number
}

export interface ListedErasure {
  readonly erasureId: string
  readonly customerId: string
  readonly erasedAt: number
  /** The name of the user who ordered it; null: the operator. */
  readonly erasedBy: string | null
  readonly reason: string
  readonly counts: Readonly<Record<string, number>>
  readonly devices: readonly ConcernedDevice[]
}

/** A device that was last seen this long before an erasure counts as gone, and no receipt is expected. */
const SEEN_WITHIN_MS = 180 * 86_400_000

/** All erasures, the newest first, each with the devices that have confirmed it and those that have not. */
export async function listErasures(db: Queryable): Promise<ListedErasure[]> {
  const { rows } = await db.query<ListedErasure>(
    `with seen as (
       select d.id, d.label, d.registered_at, greatest(d.registered_at,
         (select max(s.created_at) from session s where s.device_id = d.id),
         (select max(i.seen_at) from device_incarnation i where i.device_id = d.id)) as seen_at
       from device d
     )
     select e.id as "erasureId", e.customer_id as "customerId", e.erased_at as "erasedAt", u.display_name as "erasedBy", e.reason, e.counts,
       coalesce((
         select json_agg(json_build_object('label', d.label, 'deviceId', d.id, 'confirmedAt', r.confirmed_at, 'setAside', coalesce(r.set_aside, 0), 'seenAt', d.seen_at) order by r.confirmed_at, d.label, d.id)
         from seen d left join erasure_receipt r on r.device_id = d.id and r.erasure_id = e.id
         where r.device_id is not null or (d.registered_at <= e.erased_at and d.seen_at > e.erased_at - $1::bigint)
       ), '[]') as devices
     from erasure e left join app_user u on u.id = e.erased_by order by e.number desc`,
    [SEEN_WITHIN_MS],
  )
  return rows
}

import type { EntityName } from '../../protocol/entities.ts'
import type { Erased } from '../../protocol/wire.ts'
import type { Queryable } from '../db/connect.ts'

/**
 * Entities whose rows a command can name by their own id. From these ids a device knows which of its commands are about
 * an erased customer.
 */
const named: readonly EntityName[] = [
  'interaction',
  'quote',
  'complaint',
  'task',
  'preference',
  'contactPoint',
  'numberPick',
]
const AT_ONCE = 20
/** The most ids in one answer. The first erasure's ids are complete in any case. */
const IDS_AT_ONCE = 50_000

/**
 * The erasures after a place that concern a device, the oldest first. A device that was registered after an erasure
 * holds nothing of that customer.
 */
export async function erasuresFor(
  db: Queryable,
  deviceId: string,
  { epoch, after }: { epoch: string; after: number },
): Promise<Erased[]> {
  const { rows } = await db.query<Erased>({
    name: 'erasures.after',
    text: `select e.number, e.id as "erasureId", e.customer_id as "customerId", e.erased_at as "erasedAt", e.seq,
             (select coalesce(json_agg(r.row_id), '[]') from erased_row r where r.erasure_id = e.id and r.entity = any($4)) as "rowIds"
           from erasure e join device d on d.id = $1 and d.registered_at <= e.erased_at join site s on s.epoch = $2
           where e.number > $3 order by e.number limit ${AT_ONCE}`,
    values: [deviceId, epoch, after, named],
  })
  let ids = 0
  return rows.filter(({ rowIds }, index) => (ids += rowIds.length) <= IDS_AT_ONCE || index === 0)
}

/** Stores a device's receipt for erasures that exist. */
export async function confirmErasures(
  db: Queryable,
  deviceId: string,
  { erasureIds, setAside }: { erasureIds: readonly string[]; setAside: number },
  now: number,
): Promise<void> {
  await db.query(
    `insert into erasure_receipt (erasure_id, device_id, confirmed_at, set_aside)
     select id, $1, $3, $4 from erasure where id = any($2::uuid[])
     on conflict (erasure_id, device_id) do update set confirmed_at = $3, set_aside = $4`,
    [deviceId, erasureIds, now, Math.min(setAside, 1_000_000)],
  )
}

import type { DeviceReport } from '../../protocol/wire.ts'
import type { Queryable } from '../db/connect.ts'

/** A workstation reports every minute; one that was not heard for so long has missed two and is not there. */
export const SEEN_LATELY_MS = 150_000
const STATES_KEPT_MS = 90 * 24 * 60 * 60_000

/** Keeps what a workstation says of itself; the latest wins. Times are the database's, so that nodes need not agree. */
export async function keepReport(db: Queryable, deviceId: string, userId: string | null, report: DeviceReport): Promise<void> {
  await db.query({
    name: 'device.report',
    text: `insert into device_state (device_id, user_id, seen_at, app_version, protocol_version, cache_schema, cursor, behind, unsent, needs_attention, alarm, free_disk_bytes)
           values ($1, $2, (extract(epoch from clock_timestamp()) * 1000)::bigint, $3, $4, $5, $6, $7, $8, $9, $10, $11)
           on conflict (device_id) do update set user_id = excluded.user_id, seen_at = excluded.seen_at, app_version = excluded.app_version,
             protocol_version = excluded.protocol_version, cache_schema = excluded.cache_schema, cursor = excluded.cursor, behind = excluded.behind,
             unsent = excluded.unsent, needs_attention = excluded.needs_attention, alarm = excluded.alarm, free_disk_bytes = excluded.free_disk_bytes`,
    values: [
      deviceId, userId, report.appVersion, report.protocolVersion, report.cacheSchema, report.cursor, report.behind, report.unsent, report.needsAttention,
      report.alarm, report.freeDiskBytes,
    ],
  })
}

/** One step: workstations not heard of for a season are no longer listed. */
export async function pruneDeviceStates(db: Queryable, now: number, limit: number): Promise<number> {
  const { rowCount } = await db.query('delete from device_state where ctid = any(array(select ctid from device_state where seen_at < $1 limit $2))', [now - STATES_KEPT_MS, limit])
  return rowCount ?? 0
}

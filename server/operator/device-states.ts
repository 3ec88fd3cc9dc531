import type { DeviceReport } from '../../protocol/wire.ts'
import type { Queryable } from '../db/connect.ts'

/** A workstation reports every minute. If it has missed two reports, it counts as away. */
const SEEN_LATELY_MS = 150_000
/** Unsent work on a workstation that has been away for this long is reported. */
const LEFT_LYING_MS = 60 * 60_000
const STATES_KEPT_MS = 90 * 24 * 60 * 60_000

/** Stores a workstation's report; a later one replaces it. The time is the database's, so that nodes need not agree. */
export async function keepReport(
  db: Queryable,
  deviceId: string,
  userId: string | null,
  report: DeviceReport,
): Promise<void> {
  await db.query({
    name: 'device.report',
    text: `insert into device_state (device_id, user_id, seen_at, app_version, protocol_version, cache_schema, cursor, behind, unsent, needs_attention, alarm, free_disk_bytes)
           values ($1, $2, (extract(epoch from clock_timestamp()) * 1000)::bigint, $3, $4, $5, $6, $7, $8, $9, $10, $11)
           on conflict (device_id) do update set user_id = excluded.user_id, seen_at = excluded.seen_at, app_version = excluded.app_version,
             protocol_version = excluded.protocol_version, cache_schema = excluded.cache_schema, cursor = excluded.cursor, behind = excluded.behind,
             unsent = excluded.unsent, needs_attention = excluded.needs_attention, alarm = excluded.alarm, free_disk_bytes = excluded.free_disk_bytes`,
    values: [
      deviceId,
      userId,
      report.appVersion,
      report.protocolVersion,
      report.cacheSchema,
      report.cursor,
      report.behind,
      report.unsent,
      report.needsAttention,
      report.alarm,
      report.freeDiskBytes,
    ],
  })
}

export interface DeviceLine {
  readonly id: string
  readonly label: string
  /** The user who was signed in when it reported. */
  readonly userName: string | null
  readonly appVersion: string
  readonly seenAt: number
  /** Whether it was seen within the last minutes. */
  readonly isHere: boolean
  readonly behind: number
  readonly unsent: number
  readonly needsAttention: number
  readonly alarm: string | null
  readonly freeDiskBytes: number | null
  /** Whether it has been away for more than an hour with work that the server does not have. */
  readonly isLeftLying: boolean
}

export interface Devices {
  readonly here: number
  readonly away: number
  readonly alarms: number
  readonly leftLying: number
  /** Workstations that a person should look at come first, then the most recently seen. */
  readonly listed: readonly DeviceLine[]
}

const LISTED = 200

/** The workstations that have reported and are not barred. */
export async function deviceStates(db: Queryable): Promise<Devices> {
  const { rows } = await db.query<DeviceLine & { all: number; allHere: number; allAlarms: number; allLying: number }>(
    `with state as (
       select s.*, d.label, u.display_name, n.now - s.seen_at < ${SEEN_LATELY_MS} as here, s.unsent > 0 and n.now - s.seen_at > ${LEFT_LYING_MS} as lying
       from device_state s join device d on d.id = s.device_id and d.revoked_at is null left join app_user u on u.id = s.user_id,
         (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now) n)
     select device_id as id, label, display_name as "userName", app_version as "appVersion", seen_at as "seenAt", here as "isHere", behind, unsent,
       needs_attention as "needsAttention", alarm, free_disk_bytes as "freeDiskBytes", lying as "isLeftLying",
       (count(*) over ())::int as "all", (count(*) filter (where here) over ())::int as "allHere",
       (count(*) filter (where alarm is not null) over ())::int as "allAlarms", (count(*) filter (where lying) over ())::int as "allLying"
     from state order by alarm is not null desc, lying desc, seen_at desc limit ${LISTED}`,
  )
  const [first] = rows
  return {
    here: first?.allHere ?? 0,
    away: (first?.all ?? 0) - (first?.allHere ?? 0),
    alarms: first?.allAlarms ?? 0,
    leftLying: first?.allLying ?? 0,
    listed: rows.map(({ all: _all, allHere: _here, allAlarms: _alarms, allLying: _lying, ...line }) => line),
  }
}

/** One step of the clean-up: workstations that were not heard from for three months are no longer listed. */
export async function pruneDeviceStates(db: Queryable, now: number, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    'delete from device_state where ctid = any(array(select ctid from device_state where seen_at < $1 limit $2))',
    [now - STATES_KEPT_MS, limit],
  )
  return rowCount ?? 0
}

import type { Queryable } from '../db/connect.ts'

/**
 * The number that a journal's next command must have. Locks the journal until the transaction ends. A new journal
 * starts at 1.
 */
export async function lockNextSeq(db: Queryable, deviceId: string, incarnation: string, now: number): Promise<number> {
  const select = {
    name: 'journal.lock',
    text: 'select next_seq as next from device_incarnation where device_id = $1 and incarnation = $2 for update',
    values: [deviceId, incarnation],
  }
  const {
    rows: [known],
  } = await db.query<{ next: number }>(select)
  if (known) return known.next
  await db.query(
    'insert into device_incarnation (device_id, incarnation, next_seq, seen_at) values ($1, $2, 1, $3) on conflict do nothing',
    [deviceId, incarnation, now],
  )
  const {
    rows: [made],
  } = await db.query<{ next: number }>(select)
  return made?.next ?? 1
}

export async function setNextSeq(
  db: Queryable,
  deviceId: string,
  incarnation: string,
  next: number,
  now: number,
): Promise<void> {
  await db.query({
    name: 'journal.next',
    text: 'update device_incarnation set next_seq = $3, seen_at = $4 where device_id = $1 and incarnation = $2',
    values: [deviceId, incarnation, next, now],
  })
}

/** A journal's place as the server tells it to the workstation (`Welcome`). */
export interface JournalPlace {
  readonly incarnation: string
  readonly seq: number
  readonly lastHash: string | null
}

/** The journals of a device and the place of each, the newest first. */
export async function journalsOf(db: Queryable, deviceId: string): Promise<JournalPlace[]> {
  const { rows } = await db.query<JournalPlace>(
    `select i.incarnation, i.next_seq as seq, r.hash as "lastHash" from device_incarnation i
     left join command_result r on r.device_id = i.device_id and r.incarnation = i.incarnation and r.seq = i.next_seq - 1
     where i.device_id = $1 order by i.seen_at desc limit 50`,
    [deviceId],
  )
  return rows
}

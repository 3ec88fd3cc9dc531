import { internationalNumber } from '../../domain/numbers/international-number.ts'
import type { QueryResult } from '../../protocol/workstation.ts'
import type { CustomerId, UserId } from '../../protocol/scalars.ts'
import type { ReadableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { codecs, decodeRow } from '../rows/codec.ts'
import { customerBrief } from './people.ts'

const SHOWN_AT_MOST = 200

/** Open tasks of a user and those nobody has claimed, the most due first. */
export function openTasks(db: ReadableDb, userId: UserId): QueryResult<'tasks.open'> {
  return db.all<AnyRow>(
    `SELECT ${codecs.task.select} FROM "task" WHERE "status" = 'open' AND ("ownerUserId" = ? OR "ownerUserId" IS NULL) ORDER BY "dueAt", "id" LIMIT ${SHOWN_AT_MOST}`, userId,
  ).map((row) => {
    const task = decodeRow('task', row)
    const phone = task.customerId ? phoneOf(db, task.customerId) : null
    return { task, customer: task.customerId ? customerBrief(db, task.customerId) : null, phone, ...(phone === null ? {} : { shownPhone: internationalNumber(phone) }) }
  })
}

/** The number to call a customer back on: the preferred one, else any that works. */
const phoneOf = (db: ReadableDb, customerId: CustomerId): string | null =>
  db.get<{ phone: string }>(
    `SELECT coalesce("e164", "raw") AS "phone" FROM "contactPoint" WHERE "customerId" = ? AND "kind" = 'phone' AND "invalid" = 0
     ORDER BY "preferred" DESC, "id" LIMIT 1`, customerId)?.phone ?? null

/** Complaints that are not closed, the most due first. */
export function openComplaints(db: ReadableDb): QueryResult<'complaints.open'> {
  return db.all<AnyRow>(`SELECT ${codecs.complaint.select} FROM "complaint" WHERE "closedAt" IS NULL ORDER BY "dueAt" IS NULL, "dueAt", "id" LIMIT ${SHOWN_AT_MOST}`).flatMap((row) => {
    const complaint = decodeRow('complaint', row)
    const customer = customerBrief(db, complaint.customerId)
    return customer ? [{ complaint, customer }] : []
  })
}

import { internationalNumber } from '../../domain/numbers/international-number.ts'
import { TAKE_BACK_MS } from '../../domain/take-back.ts'
import type { QueryResult, TaskView, WorkCounts } from '../../protocol/workstation.ts'
import { IS_WAITING } from './approvals.ts'
import type { CustomerId, UserId } from '../../protocol/scalars.ts'
import type { ReadableDb } from '../handles.ts'
import type { AnyRow } from '../rows/any-row.ts'
import { codecs, decodeRow } from '../rows/codec.ts'
import { customerBrief } from './people.ts'

type TaskItem = QueryResult<'tasks.open'>[number]

const SHOWN_AT_MOST = 200

const itemOf = (db: ReadableDb, row: AnyRow): TaskItem => {
  const task = decodeRow('task', row)
  const phone = task.callbackNumber ?? (task.customerId ? phoneOf(db, task.customerId) : null)
  return {
    task,
    customer: task.customerId ? customerBrief(db, task.customerId) : null,
    phone,
    ...(phone === null ? {} : { shownPhone: internationalNumber(phone) }),
  }
}

const IS_MINE = `("ownerUserId" = ? OR "ownerUserId" IS NULL)`

/** The open tasks of a user and those that nobody has claimed, the most urgent first. */
export const openTasks = (db: ReadableDb, userId: UserId): QueryResult<'tasks.open'> =>
  db
    .all<AnyRow>(
      `SELECT ${codecs.task.select} FROM "task" WHERE "status" = 'open' AND ${IS_MINE} ORDER BY "dueAt", "id" LIMIT ${SHOWN_AT_MOST}`,
      userId,
    )
    .map((row) => itemOf(db, row))

/** What each view selects, with the values of its placeholders. `team` also holds tasks that nobody has claimed. */
function viewsOf(
  userId: UserId,
  now: number,
): Record<TaskView, { readonly where: string; readonly values: readonly (string | number)[] }> {
  return {
    mine: { where: `"status" = 'open' AND ${IS_MINE}`, values: [userId] },
    team: {
      where: `"status" = 'open' AND ("ownerUserId" IS NULL OR "ownerUserId" IN (SELECT "id" FROM "user" WHERE "team" = (SELECT "team" FROM "user" WHERE "id" = ?)))`,
      values: [userId],
    },
    all: { where: `"status" = 'open'`, values: [] },
    ended: { where: `"doneBy" IS NOT NULL AND "doneBy" = ? AND "doneAt" >= ?`, values: [userId, now - TAKE_BACK_MS] },
  }
}

/**
 * The tasks of a view, the most urgent first (in the view of ended tasks, the last ended first), and how many tasks
 * each view has.
 */
export function taskList(db: ReadableDb, userId: UserId, view: TaskView, now: number): QueryResult<'tasks.list'> {
  const views = viewsOf(userId, now)
  const { where, values } = views[view]
  const order = view === 'ended' ? '"doneAt" DESC, "id"' : '"dueAt", "id"'
  const count = (of: TaskView): number =>
    db.get<{ n: number }>(`SELECT count(*) AS "n" FROM "task" WHERE ${views[of].where}`, ...views[of].values)?.n ?? 0
  return {
    items: db
      .all<AnyRow>(
        `SELECT ${codecs.task.select} FROM "task" WHERE ${where} ORDER BY ${order} LIMIT ${SHOWN_AT_MOST}`,
        ...values,
      )
      .map((row) => itemOf(db, row)),
    counts: { mine: count('mine'), team: count('team'), all: count('all'), ended: count('ended') },
  }
}

/** How much waits for a user in each place of the navigation rail. */
export function workCounts(
  db: ReadableDb,
  { userId, team, decides }: { readonly userId: UserId; readonly team: string; readonly decides: boolean },
  now: number,
): WorkCounts {
  const count = (sql: string, ...values: readonly (string | number)[]): number =>
    db.get<{ n: number }>(`SELECT count(*) AS "n" ${sql}`, ...values)?.n ?? 0
  return {
    callbacks: count(`FROM "task" WHERE "status" = 'open' AND "dueAt" <= ? AND ${IS_MINE}`, now, userId),
    complaints: count(
      `FROM "complaint" WHERE "closedAt" IS NULL AND ("ownerUserId" = ? OR ("ownerUserId" IS NULL AND "department" = ?))`,
      userId,
      team,
    ),
    approvals: decides ? count(`FROM "quote" WHERE ${IS_WAITING} AND "issuedBy" <> ?`, userId) : 0,
  }
}

/** The number to call the customer back: the preferred number, else any valid one. */
const phoneOf = (db: ReadableDb, customerId: CustomerId): string | null =>
  db.get<{ phone: string }>(
    `SELECT coalesce("e164", "raw") AS "phone" FROM "contactPoint" WHERE "customerId" = ? AND "kind" = 'phone' AND "invalid" = 0
     ORDER BY "preferred" DESC, "id" LIMIT 1`,
    customerId,
  )?.phone ?? null

/** The complaints that are not closed, the most urgent first. */
export function openComplaints(db: ReadableDb): QueryResult<'complaints.open'> {
  return db
    .all<AnyRow>(
      `SELECT ${codecs.complaint.select} FROM "complaint" WHERE "closedAt" IS NULL ORDER BY "dueAt" IS NULL, "dueAt", "id" LIMIT ${SHOWN_AT_MOST}`,
    )
    .flatMap((row) => {
      const complaint = decodeRow('complaint', row)
      const customer = customerBrief(db, complaint.customerId)
      return customer ? [{ complaint, customer }] : []
    })
}

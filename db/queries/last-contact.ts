import type { ReadableDb } from '../handles.ts'

/**
 * When a customer was last spoken to, as SQL that gives one value. A missed call is no contact: as `isMissedContact`.
 */
export const lastContactSql = (customerId: string): string =>
  `(SELECT i."startedAt" FROM "interaction" i WHERE i."customerId" = ${customerId}
    AND (i."callId" IS NULL OR i."userId" IS NOT NULL OR i."direction" <> 'in') ORDER BY i."startedAt" DESC LIMIT 1)`

/** When a customer was last spoken to; null: never. */
export const lastContactAt = (db: ReadableDb, customerId: string): number | null =>
  db.get<{ at: number | null }>(`SELECT ${lastContactSql('?')} AS "at"`, customerId)?.at ?? null

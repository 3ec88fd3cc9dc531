/**
 * The journal's migrations, in order; `user_version` counts those that have run. Only ever added to, and only with what
 * keeps every entry readable: a journal is never rebuilt.
 */
export const journalMigrations: readonly (readonly string[])[] = [
  [
    'CREATE TABLE "meta" ("key" TEXT PRIMARY KEY, "value" TEXT NOT NULL) WITHOUT ROWID',
    `CREATE TABLE "command" (
      "seq" INTEGER PRIMARY KEY, "commandId" TEXT NOT NULL UNIQUE, "name" TEXT NOT NULL, "version" INTEGER NOT NULL,
      "args" TEXT NOT NULL, "userId" TEXT NOT NULL, "userName" TEXT NOT NULL, "role" TEXT NOT NULL, "timeZone" TEXT NOT NULL,
      "at" INTEGER NOT NULL, "hash" TEXT NOT NULL, "state" TEXT NOT NULL, "outcome" TEXT, "outcomeAt" INTEGER)`,
    // What is still to be dealt with is always a short list, however long the journal.
    `CREATE INDEX "commandUnsettled" ON "command" ("seq") WHERE "state" IN ('waiting', 'sent', 'applied', 'refused', 'parked')`,
    `CREATE TABLE "draft" (
      "key" TEXT PRIMARY KEY, "interactionId" TEXT NOT NULL, "callId" TEXT, "customerId" TEXT, "openedAt" INTEGER NOT NULL,
      "savedAt" INTEGER, "content" TEXT NOT NULL) WITHOUT ROWID`,
    'CREATE TABLE "deskCall" ("callId" TEXT PRIMARY KEY, "openedAt" INTEGER NOT NULL, "desk" TEXT NOT NULL) WITHOUT ROWID',
  ],
]

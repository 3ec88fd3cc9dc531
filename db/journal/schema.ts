/**
 * The journal's migrations, in order; `user_version` counts those that have run. Only append to this list, and only
 * with changes that keep every entry readable: a journal is never rebuilt.
 */
export const journalMigrations: readonly (readonly string[])[] = [
  [
    'CREATE TABLE "meta" ("key" TEXT PRIMARY KEY, "value" TEXT NOT NULL) WITHOUT ROWID',
    `CREATE TABLE "command" (
      "seq" INTEGER PRIMARY KEY, "commandId" TEXT NOT NULL UNIQUE, "name" TEXT NOT NULL, "version" INTEGER NOT NULL,
      "args" TEXT NOT NULL, "userId" TEXT NOT NULL, "userName" TEXT NOT NULL, "role" TEXT NOT NULL, "timeZone" TEXT NOT NULL,
      "at" INTEGER NOT NULL, "hash" TEXT NOT NULL, "state" TEXT NOT NULL, "outcome" TEXT, "outcomeAt" INTEGER)`,
    // The commands that are still open are always few, however long the journal is.
    `CREATE INDEX "commandUnsettled" ON "command" ("seq") WHERE "state" IN ('waiting', 'sent', 'applied', 'refused', 'parked')`,
    `CREATE TABLE "draft" (
      "key" TEXT PRIMARY KEY, "interactionId" TEXT NOT NULL, "callId" TEXT, "customerId" TEXT, "openedAt" INTEGER NOT NULL,
      "savedAt" INTEGER, "content" TEXT NOT NULL) WITHOUT ROWID`,
    'CREATE TABLE "deskCall" ("callId" TEXT PRIMARY KEY, "openedAt" INTEGER NOT NULL, "desk" TEXT NOT NULL) WITHOUT ROWID',
  ],
  // Several users work at one workstation, and what each has open belongs to that user alone. '' means that the user is
  // not known; such rows go to the next user who signs in.
  [
    'ALTER TABLE "draft" RENAME TO "draftOfDevice"',
    'ALTER TABLE "deskCall" RENAME TO "deskCallOfDevice"',
    `CREATE TABLE "draft" (
      "userId" TEXT NOT NULL DEFAULT '', "key" TEXT NOT NULL, "interactionId" TEXT NOT NULL, "callId" TEXT, "customerId" TEXT,
      "openedAt" INTEGER NOT NULL, "savedAt" INTEGER, "content" TEXT NOT NULL, PRIMARY KEY ("userId", "key")) WITHOUT ROWID`,
    `CREATE TABLE "deskCall" ("userId" TEXT NOT NULL DEFAULT '', "callId" TEXT NOT NULL, "openedAt" INTEGER NOT NULL, "desk" TEXT NOT NULL, PRIMARY KEY ("userId", "callId")) WITHOUT ROWID`,
    `INSERT INTO "deskCall" ("userId", "callId", "openedAt", "desk") SELECT coalesce(json_extract("desk", '$.call.userId'), ''), "callId", "openedAt", "desk" FROM "deskCallOfDevice"`,
    `INSERT INTO "draft" ("userId", "key", "interactionId", "callId", "customerId", "openedAt", "savedAt", "content")
      SELECT coalesce((SELECT "userId" FROM "deskCall" WHERE "callId" = d."callId"), (SELECT json_extract("value", '$.identity.userId') FROM "meta" WHERE "key" = 'session'), ''),
        "key", "interactionId", "callId", "customerId", "openedAt", "savedAt", "content" FROM "draftOfDevice" d`,
    'DROP TABLE "draftOfDevice"',
    'DROP TABLE "deskCallOfDevice"',
  ],
  // Customers who were erased, by ids alone. `told`: something of them may still be on this device; `confirmed`:
  // nothing is left and the server knows it.
  [
    `CREATE TABLE "erasure" (
      "erasureId" TEXT PRIMARY KEY, "epoch" TEXT NOT NULL, "number" INTEGER NOT NULL, "customerId" TEXT NOT NULL, "seq" INTEGER NOT NULL, "state" TEXT NOT NULL) WITHOUT ROWID`,
  ],
  // The currency in which an older command is shown until the server has applied it: the site's currency, where that is
  // remembered. ISO 4217 uses XXX for no currency.
  [
    `ALTER TABLE "command" ADD COLUMN "currency" TEXT NOT NULL DEFAULT 'XXX'`,
    `UPDATE "command" SET "currency" = coalesce((SELECT json_extract("value", '$.currency') FROM "meta" WHERE "key" = 'site' AND json_valid("value")), 'XXX')`,
  ],
  // The sign-in in which a command was made: JSON of a `CommandSeal`.
  [`ALTER TABLE "command" ADD COLUMN "seal" TEXT`],
]

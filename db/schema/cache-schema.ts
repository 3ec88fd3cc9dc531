import { allTables, createTable } from './tables.ts'

/** The tables of `cache.db` that are not entities: the cursor, kept server rows, search, open prices. */
const ownTables = [
  'CREATE TABLE "meta" ("key" TEXT PRIMARY KEY, "value" TEXT NOT NULL) WITHOUT ROWID',
  // The server's state of a row that a pending command changed here; `row` null: the server has no such row.
  'CREATE TABLE "confirmed" ("entity" TEXT NOT NULL, "id" TEXT NOT NULL, "row" TEXT, PRIMARY KEY ("entity", "id")) WITHOUT ROWID',
  'CREATE TABLE "tombstone" ("entity" TEXT NOT NULL, "id" TEXT NOT NULL, "version" INTEGER NOT NULL, PRIMARY KEY ("entity", "id")) WITHOUT ROWID',
  'CREATE TABLE "openPrice" ("productId" TEXT NOT NULL, "quoteId" TEXT NOT NULL, "customerId" TEXT NOT NULL, PRIMARY KEY ("productId", "quoteId")) WITHOUT ROWID',
  // In a partial cache: the customers whose older history was fetched too, and when somebody last looked at them.
  'CREATE TABLE "heldHistory" ("customerId" TEXT PRIMARY KEY, "usedAt" INTEGER NOT NULL) WITHOUT ROWID',
  // Short prefixes are indexed: without that, "li*" would merge the entries of every word that begins with it.
  `CREATE VIRTUAL TABLE "customerSearch" USING fts5("names", "pinyin", "marks", content='', contentless_delete=1, prefix='1 2 3', tokenize="unicode61 remove_diacritics 2")`,
  // The index knows only which number contains which four digits. An index of all endings of the numbers would be forty
  // times as large.
  `CREATE VIRTUAL TABLE "phoneSearch" USING fts5("fragments", content='', contentless_delete=1, detail=none, tokenize="ascii")`,
]

/** SQLite uses the partial indexes below only for a query that has exactly this text. */
export const isOwnScope = `("scope" GLOB 'team:*' OR "scope" GLOB 'user:*')`

/** SQL for a price below the floor that nobody has decided yet. */
export const isWaitingPrice = `("approval" = 'needed' AND "status" = 'issued')`
/** SQL for a decision that the user who asked has not seen yet. */
export const isUnseenDecision = `("decidedAt" IS NOT NULL AND "decisionSeenAt" IS NULL)`

/** What a file creates first when it is filled from empty. The indexes come after the rows, because that is faster. */
export const cacheTables: readonly string[] = [...ownTables, ...allTables.map(createTable)]

export const cacheIndexes: readonly string[] = [
  'CREATE UNIQUE INDEX "customerById" ON "customer" ("id")',
  'CREATE UNIQUE INDEX "contactPointById" ON "contactPoint" ("id")',
  'CREATE INDEX "customerByNumber" ON "customer" ("number")',
  'CREATE INDEX "customerByOrganisation" ON "customer" ("organisationId") WHERE "organisationId" IS NOT NULL',
  'CREATE INDEX "contactPointByCustomer" ON "contactPoint" ("customerId")',
  'CREATE INDEX "contactPointByE164" ON "contactPoint" ("e164", "invalid", "customerId") WHERE "e164" IS NOT NULL',
  'CREATE INDEX "contactPointByNational" ON "contactPoint" ("_national", "invalid", "nationalKey", "customerId") WHERE "_national" IS NOT NULL',
  'CREATE INDEX "contactPointByLastDigits" ON "contactPoint" ("_reversed", "invalid", "customerId") WHERE "_reversed" IS NOT NULL',
  'CREATE INDEX "contactPointByEmail" ON "contactPoint" ("emailKey", "customerId") WHERE "emailKey" IS NOT NULL',
  'CREATE INDEX "preferenceByCustomer" ON "preference" ("customerId")',
  'CREATE INDEX "taskByCustomer" ON "task" ("customerId") WHERE "customerId" IS NOT NULL',
  `CREATE INDEX "taskOpen" ON "task" ("dueAt") WHERE "status" = 'open'`,
  'CREATE INDEX "complaintOpen" ON "complaint" ("dueAt") WHERE "closedAt" IS NULL',
  'CREATE INDEX "taskEnded" ON "task" ("doneBy", "doneAt") WHERE "doneBy" IS NOT NULL',
  `CREATE INDEX "quoteWaiting" ON "quote" ("issuedAt") WHERE ${isWaitingPrice}`,
  `CREATE INDEX "quoteDecided" ON "quote" ("issuedBy") WHERE ${isUnseenDecision}`,
  'CREATE INDEX "numberPickByNumber" ON "numberPick" ("e164")',
  'CREATE INDEX "numberPickByCustomer" ON "numberPick" ("customerId")',
  'CREATE INDEX "orderByNumber" ON "order" ("number")',
  'CREATE INDEX "invoiceByNumber" ON "invoice" ("number")',
  'CREATE INDEX "quoteByNumber" ON "quote" ("number") WHERE "number" IS NOT NULL',
  'CREATE INDEX "complaintByNumber" ON "complaint" ("number") WHERE "number" IS NOT NULL',
  'CREATE INDEX "shipmentByTracking" ON "shipment" ("trackingNumber")',
  'CREATE INDEX "openPriceByQuote" ON "openPrice" ("quoteId")',
  // The rows of a team or a user are few, and are removed when another user signs in here.
  ...allTables.map((table) => `CREATE INDEX "${table.entity}Own" ON ${table.name} ("scope") WHERE ${isOwnScope}`),
  ...allTables
    .filter((table) => table.time)
    .map((table) => `CREATE UNIQUE INDEX "${table.entity}ById" ON ${table.name} ("id")`),
]

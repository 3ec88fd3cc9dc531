import { allTables, createTable } from './tables.ts'

/** Tables of `cache.db` that are no entities: where the log was read up to, kept server rows, search, open prices. */
const ownTables = [
  'CREATE TABLE "meta" ("key" TEXT PRIMARY KEY, "value" TEXT NOT NULL) WITHOUT ROWID',
  // What the server last said of a row that a pending command changed here; `row` null: the server has no such row.
  'CREATE TABLE "confirmed" ("entity" TEXT NOT NULL, "id" TEXT NOT NULL, "row" TEXT, PRIMARY KEY ("entity", "id")) WITHOUT ROWID',
  'CREATE TABLE "tombstone" ("entity" TEXT NOT NULL, "id" TEXT NOT NULL, "version" INTEGER NOT NULL, PRIMARY KEY ("entity", "id")) WITHOUT ROWID',
  'CREATE TABLE "openPrice" ("productId" TEXT NOT NULL, "quoteId" TEXT NOT NULL, "customerId" TEXT NOT NULL, PRIMARY KEY ("productId", "quoteId")) WITHOUT ROWID',
  // In a partial cache: whose older history was fetched too, and when it was last looked at.
  'CREATE TABLE "heldHistory" ("customerId" TEXT PRIMARY KEY, "usedAt" INTEGER NOT NULL) WITHOUT ROWID',
  // Short prefixes are indexed: without, "li*" would merge every word that begins so.
  `CREATE VIRTUAL TABLE "customerSearch" USING fts5("names", "pinyin", "marks", content='', contentless_delete=1, prefix='1 2 3', tokenize="unicode61 remove_diacritics 2")`,
  // Only which number holds which four digits: a fortieth of what an index of all their ends would take.
  `CREATE VIRTUAL TABLE "phoneSearch" USING fts5("fragments", content='', contentless_delete=1, detail=none, tokenize="ascii")`,
]

/** The partial indexes above answer only who asks in these very words. */
export const isOwnScope = `("scope" GLOB 'team:*' OR "scope" GLOB 'user:*')`

/** A price below the floor that nobody has decided. */
export const isWaitingPrice = `("approval" = 'needed' AND "status" = 'issued')`
/** A decision that the asker has not seen. */
export const isUnseenDecision = `("decidedAt" IS NOT NULL AND "decisionSeenAt" IS NULL)`

/** What a file that is filled from empty creates first; indexes come after the rows because that is faster. */
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
  // Rows of a team or a person are few, and go when somebody else sits down here.
  ...allTables.map((table) => `CREATE INDEX "${table.entity}Own" ON ${table.name} ("scope") WHERE ${isOwnScope}`),
  ...allTables.filter((table) => table.time).map((table) => `CREATE UNIQUE INDEX "${table.entity}ById" ON ${table.name} ("id")`),
]

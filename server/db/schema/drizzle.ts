import { createRequire } from 'node:module'

// As ES modules, drizzle is 115 files, and Node parses the 179 kB of its package.json for each of them: every process
// that uses the tables started 0.9 s later (Node 24.21). The same library as CommonJS loads in 0.1 s.
const load = createRequire(import.meta.url)

export const { getTableColumns, getTableName, sql } = load('drizzle-orm') as typeof import('drizzle-orm')
export const {
  bigint,
  bigserial,
  boolean,
  customType,
  date,
  index,
  integer,
  json,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} = load('drizzle-orm/pg-core') as typeof import('drizzle-orm/pg-core')

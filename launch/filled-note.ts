import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// A note beside the database of npm's PostgreSQL says which database was found filled, so that PostgreSQL need not be
// started twice to find out again. The note names the database by its secret, because a new database gets a new secret.

const noteOf = (folder: string): string => join(folder, 'demo-filled')

const secretOf = (folder: string): string | null => {
  const file = join(folder, 'postgres-secret')
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : null
}

/** Whether the database of this folder is known to have data to show. */
export const isFilled = (folder: string): boolean =>
  !process.env.DATABASE_URL && existsSync(noteOf(folder)) && readFileSync(noteOf(folder), 'utf8') === secretOf(folder)

export function noteFilled(folder: string): void {
  const secret = secretOf(folder)
  if (!process.env.DATABASE_URL && secret) writeFileSync(noteOf(folder), secret)
}

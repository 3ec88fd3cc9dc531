import Database from 'better-sqlite3'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

// Opens a damaged journal and is killed with -9 before step number `argv[6]`. A step moves or removes a file, or runs a
// statement that changes something.
const [path = '', keyHex = '', damagedName = '', last = ''] = process.argv.slice(2)
let steps = 0
const step = () => {
  steps += 1
  if (steps === Number(last)) process.kill(process.pid, 'SIGKILL')
}
const { renameSync, rmSync } = fs
fs.renameSync = (...names: Parameters<typeof renameSync>) => {
  step()
  renameSync(...names)
}
fs.rmSync = (...names: Parameters<typeof rmSync>) => {
  step()
  rmSync(...names)
}
syncBuiltinESMExports()
const prepare = Database.prototype.prepare
Database.prototype.prepare = function counted(this: Database.Database, sql: string) {
  if (/^(INSERT|UPDATE|DELETE|CREATE|ALTER|PRAGMA (user_version =|wal))/.test(sql)) step()
  return prepare.call(this, sql)
} as typeof prepare
const { openOrSalvageJournal } = await import('../../db/journal/salvage.ts')
const { db, salvaged } = openOrSalvageJournal(path, keyHex, damagedName)
process.stdout.write(JSON.stringify({ steps, salvaged }))
db.close()

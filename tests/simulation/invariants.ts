import type { OpenedFiles } from '../../db/files/open-files.ts'
import { cachePlace } from '../../db/files/cache-file.ts'
import { serverVersion } from '../../db/apply/server-rows.ts'
import { erasurePlace } from '../../db/journal/erasures.ts'
import { commandById, unsettledCommands } from '../../db/journal/commands.ts'
import { readDraft } from '../../db/journal/drafts.ts'
import { codecs, decodeRow } from '../../db/rows/codec.ts'
import { allTables } from '../../db/schema/tables.ts'
import { canonicalJson } from '../../protocol/canonical-json.ts'
import { idsIn } from '../../server/erasure/erased-ids.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { Committed } from './committed.ts'
import type { Remembered } from './people.ts'

/** A sentence that says which promise of the product is broken, or null if none is. */
export type Violation = string | null

/**
 * Everything that a user was told is saved is on this disk: every command, and every draft at least as new as the last
 * state that was reported as saved.
 */
export function whatWasToldIsThere(files: OpenedFiles, userId: UserId, memory: Remembered): Violation {
  for (const [commandId, { name }] of memory.kept) {
    if (!memory.dealtWith.has(commandId) && !commandById(files.journal, commandId))
      return `I1: ${name} ${commandId} was said to be kept and is not in the journal`
  }
  for (const [key, state] of memory.drafts) {
    const there = Number(readDraft(files.journal, userId, key)?.content.note ?? -1)
    if (there < state) return `I1: draft ${key} was saved at ${state} and is ${there} now`
  }
  return null
}

/**
 * I3: the cache holds every row of the feed that its cursor has passed, in that version or a newer one. Rows that have
 * changed since are left out: a snapshot may be newer than its place in the feed, so it may hold a change (or no longer
 * hold a row) whose number comes later.
 */
export function cursorPassedNothing(files: OpenedFiles, { epoch, log, pending }: Committed): Violation {
  const place = cachePlace(files.cache)
  if (place.epoch !== epoch) return null
  const unnumbered = new Set(pending.map(({ entity, id }) => `${entity} ${id}`))
  const newest = new Map(log.map((line) => [`${line.entity} ${line.id}`, line]))
  for (const [key, { entity, id, version, scope, seq, row }] of newest) {
    if (seq > place.cursor || unnumbered.has(key) || row === null || !place.scopes.includes(scope)) continue
    if (serverVersion(files.cache, entity, id) < version)
      return `I3: the cursor is at ${place.cursor} and ${key} of ${seq} is not here`
  }
  return null
}

/** A workstation never replaces a cache by a snapshot if the feed can still bring that cache up to date. */
export function cannotBeFollowed(files: OpenedFiles, { epoch, floor, log }: Committed): Violation {
  const place = cachePlace(files.cache)
  const head = Math.max(floor, log.at(-1)?.seq ?? 0)
  return place.epoch === epoch && place.cursor >= floor && place.cursor <= head
    ? `a snapshot is loaded although the log goes on from ${place.cursor} to ${head}`
    : null
}

/** I4: a cache holds no row outside the scopes that it was made for. */
export function nothingForeign(files: OpenedFiles, scopes: readonly string[]): Violation {
  for (const { entity, name } of allTables) {
    for (const { id, scope } of files.cache.all<{ id: string; scope: string }>(`SELECT "id", "scope" FROM ${name}`))
      if (!scopes.includes(scope)) return `I4: ${entity} ${id} of ${scope} is here`
  }
  return null
}

/** I2: the cache equals the server's rows of its scopes, row for row. */
export function sameAsTheServer(files: OpenedFiles, { rows }: Committed, scopes: readonly string[]): Violation {
  for (const { entity, name } of allTables) {
    const theirs = new Map(
      [...rows]
        .filter(([key, row]) => key.startsWith(`${entity} `) && scopes.includes(row.scope))
        .map(([, row]) => [row.id, row]),
    )
    for (const stored of files.cache.all<Record<string, unknown>>(`SELECT ${codecs[entity].select} FROM ${name}`)) {
      const row = decodeRow(entity, stored as never)
      const their = theirs.get(row.id)
      if (!their) return `I2: ${entity} ${row.id} is here and not at the server`
      if (canonicalJson(their) !== canonicalJson(row))
        return `I2: ${entity} ${row.id} is ${canonicalJson(row)} here and ${canonicalJson(their)} at the server`
      theirs.delete(row.id)
    }
    for (const id of theirs.keys()) return `I2: ${entity} ${id} is at the server and not here`
  }
  return null
}

/**
 * I1: each command that was kept has one result at the server, and its state in the journal says the same. There are
 * two exceptions. A restored server may know nothing of a refused command, which then waits for its user at the
 * workstation. Or a restored server may have applied it, if the disk was copied while the command was unsent and the
 * other copy sent it again.
 */
export function everyCommandEnded(
  files: OpenedFiles,
  memory: Remembered,
  { results }: Committed,
  { wasRestored, wasCopied, copies }: { wasRestored: boolean; wasCopied: boolean; copies: readonly OpenedFiles[] },
): Violation {
  for (const { commandId, name, state } of unsettledCommands(files.journal))
    if (state === 'waiting' || state === 'sent' || state === 'applied')
      return `I1: ${name} ${commandId} is still ${state}`
  for (const [commandId, { name, args }] of memory.kept) {
    if (memory.dealtWith.has(commandId)) continue
    const result = results.get(commandId)
    const kept = commandById(files.journal, commandId)
    const state = kept?.state
    // The text of the command was erased here: nobody has to decide about it, and its content cannot be compared any
    // more.
    if (kept?.args === null) {
      if (state !== 'settled' && state !== 'dropped') return `I1: ${name} ${commandId} was erased here and is ${state}`
      if (!result && !wasRestored) return `I1: ${name} ${commandId} never came to the server, not even without its text`
      continue
    }
    if (wasRestored && result?.args === null) continue
    if (wasRestored && state === 'refused' && (!result || wasCopied)) continue
    if (!result) return `I1: ${name} ${commandId} never came to the server`
    if (canonicalJson(result.args) !== canonicalJson(args)) return `I1: ${name} ${commandId} came as something else`
    const { kind } = result.outcome
    // One of two copies of a disk sends again what a restored server had lost, and the journal of that copy says how it
    // ended.
    if (wasRestored && copies.some(({ journal }) => commandById(journal, commandId)?.state === kind)) continue
    const fits = kind === 'applied' || kind === 'altered' ? state === 'settled' : state === kind
    if (!fits) return `I1: ${name} ${commandId} is ${kind} at the server and ${state} in the journal`
  }
  return null
}

/** I5: no command had two effects, and no version of a row was given out twice. */
export function noEffectTwice({ results }: Committed): Violation {
  const given = new Map<string, string>()
  for (const [commandId, { effects, outcome, name }] of results) {
    if (effects !== 1) return `I5: ${name} ${commandId} was done ${effects} times`
    for (const { entity, id, version } of 'versions' in outcome ? outcome.versions : []) {
      const other = given.get(`${entity} ${id} ${version}`)
      if (other) return `I5: ${commandId} and ${other} both made version ${version} of ${entity} ${id}`
      given.set(`${entity} ${id} ${version}`, commandId)
    }
  }
  return null
}

/** The server does nothing in a user's name that was not made in a sign-in of that user. */
export function nobodyElsesWork({ results }: Committed, forged: ReadonlySet<string>): Violation {
  for (const [commandId, { outcome }] of results)
    if (forged.has(commandId) && outcome.kind !== 'parked')
      return `${commandId} was made by somebody else and is ${outcome.kind}`
  return null
}

/** I1: no workstation is told an outcome that a crash could still undo. */
export function onlyWhatIsCommitted(acknowledged: readonly string[], everTaken: ReadonlySet<string>): Violation {
  const early = acknowledged.find((commandId) => !everTaken.has(commandId))
  return early === undefined ? null : `I1: ${early} is acknowledged and not committed`
}

/** The feed is as every reader needs it: numbers without gaps, rising versions of each row, whole transactions. */
export function logHolds({ log, floor }: Committed): Violation {
  const versions = new Map<string, number>()
  for (const [index, line] of log.entries()) {
    if (line.seq !== floor + index + 1) return `feed: after ${floor + index} comes ${line.seq}`
    const key = `${line.entity} ${line.id}`
    if (line.version <= (versions.get(key) ?? 0))
      return `feed: ${key} has version ${line.version} after ${versions.get(key)}`
    versions.set(key, line.version)
  }
  return null
}

type Erasure = Committed['erasures'][number]
const isTheirs = ({ customerId, erased }: Erasure, id: string, row: unknown) =>
  row !== null && (erased.has(id) || JSON.stringify(row).includes(customerId))

/** No row belongs to an erased customer, neither at the server nor in what it builds snapshots from. */
export function rowsOfNobodyErased(rows: Committed['rows'], erasures: readonly Erasure[]): Violation {
  for (const erasure of erasures) {
    for (const [key, row] of rows)
      if (isTheirs(erasure, row.id, row)) return `erasure: ${key} is of ${erasure.customerId}, who was erased`
  }
  return null
}

/** No line of the feed and no stored command belongs to an erased customer. */
export function logOfNobodyErased({ pending, log, results, erasures }: Committed): Violation {
  for (const erasure of erasures) {
    const { customerId, erased } = erasure
    for (const { entity, id, row } of [...pending, ...log])
      if (isTheirs(erasure, id, row)) return `erasure: the log holds ${entity} ${id} of ${customerId}, who was erased`
    for (const [commandId, { name, args }] of results)
      if (idsIn(args).some((id) => erased.has(id)))
        return `erasure: ${name} ${commandId} names ${customerId}, who was erased`
  }
  return null
}

/** No row, kept row, command or draft of a workstation belongs to an erased customer. */
export function holdsNobodyErased(files: OpenedFiles, { epoch, erasures }: Committed): Violation {
  if (erasurePlace(files.journal, epoch) < erasures.length) return 'erasure: the receipt of an erasure is missing'
  for (const { customerId, erased } of erasures) {
    for (const { entity, name, hasCustomer } of allTables) {
      if (hasCustomer && files.cache.get(`SELECT 1 FROM ${name} WHERE "customerId" = ?`, customerId))
        return `erasure: a ${entity} of ${customerId}, who was erased, is here`
    }
    if (files.cache.get('SELECT 1 FROM "customer" WHERE "id" = ?', customerId))
      return `erasure: ${customerId}, who was erased, is here`
    if (files.cache.get('SELECT 1 FROM "confirmed" WHERE instr("row", ?) > 0', customerId))
      return `erasure: a row of ${customerId}, who was erased, is kept here`
    for (const { args, commandId } of files.journal.all<{ args: string; commandId: string }>(
      'SELECT "args", "commandId" FROM "command"',
    )) {
      if (idsIn(JSON.parse(args)).some((id) => erased.has(id)))
        return `erasure: ${commandId} about ${customerId}, who was erased, has its text here`
    }
    if (files.journal.get('SELECT 1 FROM "draft" WHERE "customerId" = ?', customerId))
      return `erasure: a draft about ${customerId}, who was erased, is here`
  }
  return null
}

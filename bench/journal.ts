import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { enterCommand } from '../db/journal/commands.ts'
import { saveDraft, openDraft } from '../db/journal/drafts.ts'
import { openJournal } from '../db/journal/open-journal.ts'
import { emptyDraft } from '../protocol/draft.ts'
import { UserId } from '../protocol/scalars.ts'
import { figure, inTurns, type Figure } from './figure.ts'

const TIMES = 600
const NOTE = 'Asked where the order is. Read out the tracking number; she calls again on Tuesday. '.repeat(4)

/**
 * Saves a command and a draft in the journal, against appending a page to a bare file on the same disk with an fsync.
 */
export function journal(folder: string): Figure[] {
  mkdirSync(folder, { recursive: true })
  const place = mkdtempSync(join(folder, 'journal-'))
  const db = openJournal(join(place, 'journal.db'), '7a'.repeat(32))
  const file = openSync(join(place, 'floor'), 'a')
  const page = Buffer.alloc(4096, 1)
  const bare = () => {
    writeSync(file, page)
    fsyncSync(file)
  }
  const userId = UserId.parse(uuid())
  const command = (i: number) =>
    db.transaction(() =>
      enterCommand(db, {
        commandId: uuid(),
        name: 'interaction.wrapUp',
        version: 1,
        args: { interactionId: uuid(), note: NOTE, i },
        userId,
        userName: 'Wang Fang',
        role: 'agent',
        timeZone: 'Asia/Shanghai',
        currency: 'CNY',
        at: Date.now(),
        sealing: { sessionId: userId, sealKey: 'k'.repeat(43) },
      }),
    )
  openDraft(db, userId, {
    key: 'call',
    interactionId: uuid(),
    callId: null,
    customerId: null,
    openedAt: 0,
    savedAt: null,
    content: emptyDraft,
  })
  const draft = (i: number) =>
    db.transaction(() =>
      saveDraft(db, userId, 'call', { ...emptyDraft, note: NOTE.slice(0, i % NOTE.length) }, Date.now()),
    )
  const times = Array.from({ length: TIMES }, (_, i) => i)
  const commands = inTurns(times, command, bare)
  const drafts = inTurns(times, draft, bare)
  closeSync(file)
  db.close()
  rmSync(place, { recursive: true, force: true })
  return [
    figure('journal', 'ms', commands.ours, commands.floor, 'p50', 'p50 ≤ 2 × a raw fsync'),
    figure('journal.draft', 'ms', drafts.ours, drafts.floor, 'p50', 'p50 ≤ 2 × a raw fsync'),
  ]
}

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { emptyDraft } from '../../../protocol/draft.ts'
import { CustomerId } from '../../../protocol/scalars.ts'
import { signedInBefore } from '../../support/signed-in-before.ts'
import { startTestWorkstation } from '../../support/test-workstation.ts'

const folder = join(mkdtempSync(join(tmpdir(), 'ringside-full-')), 'disk')
const customerId = CustomerId.parse('0198a000-0000-7000-8000-00000000000c')

/** A disk of a few megabytes; only root of a Linux machine may make one. */
function smallDisk(): boolean {
  try {
    mkdirSync(folder)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=14m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const mounted = smallDisk()

afterAll(() => {
  if (mounted) execFileSync('umount', ['-l', folder])
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

describe('a full disk', () => {
  it.skipIf(!mounted)(`still takes what is typed and entered, on what the ballast leaves, and says so${mounted ? '' : ' [skipped: this user may not make a small disk]'}`, async () => {
    signedInBefore(folder)
    const desk = await startTestWorkstation('http://127.0.0.1:9', { folder })
    const opened = await desk.act('draft.open', { customerId })
    const key = opened.ok ? opened.value.key : ''
    expect(() => {
      for (let part = 0; ; part += 1) writeFileSync(join(folder, `fill-${part}`), Buffer.alloc(100_000))
    }).toThrow(/ENOSPC/)
    for (let n = 0; n < 100; n += 1) {
      expect((await desk.act('draft.save', { key, content: { ...emptyDraft, note: `word ${n} `.repeat(500) } })).ok).toBe(true)
    }
    expect(existsSync(join(folder, 'journal.ballast'))).toBe(false)
    await desk.seen('sync.state', {}, (state) => state.alarm?.code === 'JOURNAL_FULL')
    await desk.stop()
    const again = await startTestWorkstation('http://127.0.0.1:9', { folder })
    expect((await again.seen('draft', { key }, () => true))?.content.note).toContain('word 99')
    for (let n = 0; n < 5; n += 1) {
      const preference = { preferenceId: crypto.randomUUID(), customerId, key: 'room', value: `floor ${n} `.repeat(30), source: 'said' as const }
      expect(await again.run('preference.set', preference)).toMatchObject({ ok: true })
    }
    await again.stop()
    const kept = await startTestWorkstation('http://127.0.0.1:9', { folder })
    await kept.seen('sync.unsent', {}, (unsent) => unsent.length === 5)
    await kept.stop()
  })
})

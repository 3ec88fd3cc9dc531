import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { emptyDraft } from '../../../protocol/draft.ts'
import { CustomerId } from '../../../protocol/scalars.ts'
import { signedInBefore } from '../../support/signed-in-before.ts'
import { smallDisk } from '../../support/small-disk.ts'
import { startTestWorkstation } from '../../support/test-workstation.ts'

const customerId = CustomerId.parse('0198a000-0000-7000-8000-00000000000c')
const disk = smallDisk(14)
const filledMeanwhile = smallDisk(14)
afterAll(() => {
  disk?.remove()
  filledMeanwhile?.remove()
})
const notHere = disk ? '' : ' [skipped: this user may not make a small disk]'

describe('a full disk', () => {
  it.skipIf(!disk)(
    `still saves what is typed and entered, in the space of the ballast, and says so${notHere}`,
    async () => {
      const { folder, fill } = disk!
      signedInBefore(folder)
      const desk = await startTestWorkstation('http://127.0.0.1:9', { folder })
      const opened = await desk.act('draft.open', { customerId })
      const key = opened.ok ? opened.value.key : ''
      fill()
      for (let n = 0; n < 100; n += 1) {
        expect(
          (await desk.act('draft.save', { key, content: { ...emptyDraft, note: `word ${n} `.repeat(500) } })).ok,
        ).toBe(true)
      }
      expect(existsSync(join(folder, 'journal.ballast'))).toBe(false)
      await desk.seen('sync.state', {}, (state) => state.alarm?.code === 'JOURNAL_FULL')
      await desk.stop()
      const again = await startTestWorkstation('http://127.0.0.1:9', { folder })
      expect((await again.seen('draft', { key }, () => true))?.content.note).toContain('word 99')
      for (let n = 0; n < 5; n += 1) {
        const preference = {
          preferenceId: crypto.randomUUID(),
          customerId,
          key: 'room',
          value: `floor ${n} `.repeat(30),
          source: 'said' as const,
        }
        expect(await again.run('preference.set', preference)).toMatchObject({ ok: true })
      }
      await again.stop()
      const kept = await startTestWorkstation('http://127.0.0.1:9', { folder })
      await kept.seen('sync.unsent', {}, (unsent) => unsent.length === 5)
      await kept.stop()
    },
  )

  it.skipIf(!filledMeanwhile)(
    `lets a workstation start and keep working, even if its ballast is used up and less space is free than a new one needs${notHere}`,
    async () => {
      const { folder, fill } = filledMeanwhile!
      signedInBefore(folder)
      const first = await startTestWorkstation('http://127.0.0.1:9', { folder })
      const opened = await first.act('draft.open', { customerId })
      const key = opened.ok ? opened.value.key : ''
      await first.stop()
      fill()
      for (let n = 0; n < 3; n += 1) {
        const desk = await startTestWorkstation('http://127.0.0.1:9', { folder })
        await desk.seen('sync.state', {}, (state) => state.alarm?.code === 'JOURNAL_FULL')
        expect((await desk.act('draft.save', { key, content: { ...emptyDraft, note: `start ${n}` } })).ok).toBe(true)
        expect((await desk.seen('draft', { key }, () => true))?.content.note).toBe(`start ${n}`)
        await desk.stop()
      }
    },
  )
})

import { expect, it, onTestFinished } from 'vitest'
import { isBusy } from '../../../main/updates/is-busy.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import { CustomerId } from '../../../protocol/scalars.ts'
import { signedInBefore } from '../../support/signed-in-before.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { startTestWorkstation } from '../../support/test-workstation.ts'

it('a workstation is busy during a call, with a text and with an entry that is not sent, and is free without them', async () => {
  const folder = tempFolder()
  signedInBefore(folder)
  const desk = await startTestWorkstation('http://127.0.0.1:9', { folder })
  onTestFinished(() => desk.stop())
  const customerId = CustomerId.parse('0198a000-0000-7000-8000-00000000000c')
  expect(await isBusy(desk.core.queries)).toBe(false)
  const opened = await desk.act('draft.open', { customerId })
  const key = opened.ok ? opened.value.key : ''
  expect(await isBusy(desk.core.queries)).toBe(false)
  await desk.act('draft.save', { key, content: { ...emptyDraft, note: 'half a sen' } })
  expect(await isBusy(desk.core.queries)).toBe(true)
  await desk.act('draft.discard', { key })
  expect(await isBusy(desk.core.queries)).toBe(false)
  await desk.run('preference.set', {
    preferenceId: crypto.randomUUID(),
    customerId,
    key: 'room',
    value: 'quiet',
    source: 'said',
  })
  await desk.seen('sync.state', {}, ({ unsent }) => unsent === 1)
  expect(await isBusy(desk.core.queries)).toBe(true)
})

import { describe, expect, it } from 'vitest'
import { createPreloadBridge, type PreloadApi } from '../../../renderer/bridge/preload-bridge.ts'
import { ok, refuse, type Result } from '../../../protocol/errors.ts'

/** A preload whose functions all give the same answer. */
const answering = (answer: Result<unknown>): PreloadApi =>
  ({ run: new Proxy({}, { get: () => async () => answer }) }) as unknown as PreloadApi

const claim = (answer: Result<unknown>) =>
  createPreloadBridge(answering(answer)).run('task.claim', { taskId: crypto.randomUUID() })

describe('a command over the preload', () => {
  it('is answered with its id in the journal, or with the refusal', async () => {
    const commandId = crypto.randomUUID()
    expect(await claim(ok({ commandId }))).toEqual(ok({ commandId }))
    expect(await claim(refuse('NOT_SIGNED_IN'))).toEqual(refuse('NOT_SIGNED_IN'))
  })

  it('does not count as journalled with any other answer', async () => {
    for (const answer of [undefined, null, {}, { commandId: 'yes' }, { commandId: crypto.randomUUID(), more: 1 }]) {
      expect(await claim(ok(answer))).toEqual(refuse('INTERNAL', { reference: 'task.claim' }))
    }
  })
})

import { expect, it } from 'vitest'
import { createSyncStatus } from '../../../main/services/sync-status.ts'

it('the center is not reached since the link broke, not since it last had something to say', () => {
  let now = 1000
  const status = createSyncStatus({
    writer: { counts: async () => ({ unsent: 0, needsAttention: 0 }), alarm: async () => null },
    userId: () => null, reachedAt: 10, damage: null, behind: () => 0, now: () => now, touch: () => {},
  })
  status.linkIs({ kind: 'online' })
  status.heardAt(now)
  now = 240_000
  status.linkIs({ kind: 'offline' })
  now = 250_000
  status.linkIs({ kind: 'connecting' })
  expect(status.shown()).toMatchObject({ link: 'connecting', reachedAt: 240_000 })
})

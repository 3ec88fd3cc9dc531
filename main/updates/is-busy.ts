import { hasTyped } from '../../domain/typed-content.ts'
import type { Queries } from '../services/queries.ts'

/**
 * Whether this workstation holds something that an update must not interrupt: a call, a text that is not wrapped up, or
 * an entry that is not sent.
 */
export async function isBusy(queries: Pick<Queries, 'desk.calls' | 'drafts.open' | 'sync.state'>): Promise<boolean> {
  const [calls, drafts, { unsent }] = await Promise.all([
    queries['desk.calls']({}),
    queries['drafts.open']({}),
    queries['sync.state']({}),
  ])
  return calls.length > 0 || unsent > 0 || drafts.some(({ draft }) => hasTyped(draft.content))
}

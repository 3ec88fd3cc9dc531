import { useEffect, useRef } from 'react'
import { mergedContent } from '../../domain/merged-draft.ts'
import { hasTyped } from '../../domain/typed-content.ts'
import type { DeskCall } from '../../protocol/workstation.ts'
import { useBridge } from '../bridge/bridge-context.ts'
import { useWatch } from '../bridge/use-watch.ts'
import { isTaken } from './on-call.ts'
import { useStores } from './stores.ts'

/**
 * A customer in a call has only one note: what was typed in the customer's own tab moves into the note of the call as
 * soon as the agent talks to them. Nothing is removed before the call's note is on disk.
 */
export function useOneNote(calls: readonly DeskCall[]): void {
  const { drafts, places } = useStores()
  const bridge = useBridge()
  const begun = useWatch('drafts.open', calls.some(isTaken) ? {} : null).value
  const moving = useRef(new Set<string>())
  useEffect(() => {
    const takeIn = async (from: string, to: string): Promise<void> => {
      const content = mergedContent(drafts.view(to).content, drafts.view(from).content)
      // Forms of both drafts are begun: the earlier work stays under "Drafts" until the call is wrapped up.
      if (content === null) return
      drafts.change(to, content)
      const field = places.lastIn(from)
      const place = field === null ? null : places.read(from, field)
      if (field !== null && place && places.lastIn(to) === null) {
        places.write(to, field, place)
        places.enter(to, field)
      }
      if (!(await drafts.flush(to))) return
      drafts.forget(from)
      places.forget(from)
      await bridge.act('draft.discard', { key: from })
    }
    for (const desk of calls.filter(isTaken)) {
      const from = `customer:${desk.customerId}`
      const stored = begun?.find(({ draft }) => draft.key === from)
      if (stored) drafts.adopt(stored.draft)
      if (desk.customerId === null || moving.current.has(from) || !hasTyped(drafts.view(from).content)) continue
      moving.current.add(from)
      void takeIn(from, desk.draft.key).finally(() => moving.current.delete(from))
    }
  }, [calls, begun, drafts, places, bridge])
}

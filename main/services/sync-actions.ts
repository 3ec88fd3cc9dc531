import type { Touched } from '../../db/apply/touched.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import { ok, refuse } from '../../protocol/errors.ts'
import type { ServerLink } from '../link/server-link.ts'
import type { Sync } from '../link/sync.ts'
import type { ActionAnswers } from './action-answers.ts'
import { notSignedIn, type SessionService } from './session.ts'

export interface SyncActionsOptions {
  readonly session: SessionService
  readonly link: ServerLink
  readonly sync: Sync
  readonly writer: Remote<WriterCalls>
  readonly newId: () => string
  readonly onUnsentChanged: () => Promise<void>
  /** Called with the rows that show something else from now on. */
  readonly onTouched: (touched: readonly Touched[]) => void
}

/** What users do about work that the server has not taken; each user only about their own. */
export const syncActions = ({ session, link, sync, writer, newId, onUnsentChanged, onTouched }: SyncActionsOptions) =>
  ({
    'sync.retry': async ({ commandId }) => {
      const [identity, sealing] = [session.identity(), session.sealing()]
      if (!identity || !sealing) return notSignedIn()
      const entered = await writer.retry(identity.userId, commandId, newId(), session.siteNow(), sealing)
      if (!entered) return refuse('ROW_UNKNOWN')
      onTouched([entered.touched])
      await onUnsentChanged()
      sync.sendSoon()
      return ok(null)
    },
    'sync.change': async ({ commandId, values }) => {
      const [identity, sealing] = [session.identity(), session.sealing()]
      if (!identity || !sealing) return notSignedIn()
      const entered = await writer.change(identity.userId, commandId, values, newId(), session.siteNow(), sealing)
      if (!entered.ok) return entered
      onTouched([entered.touched])
      await onUnsentChanged()
      sync.sendSoon()
      return ok(null)
    },
    'sync.drop': async ({ commandId }) => {
      const identity = session.identity()
      if (!identity) return notSignedIn()
      if (!(await writer.drop(identity.userId, commandId))) return refuse('ROW_UNKNOWN')
      await onUnsentChanged()
      return ok(null)
    },
    'sync.dismiss': async ({ commandId }) => {
      const identity = session.identity()
      if (!identity) return notSignedIn()
      if (!(await writer.dismiss(identity.userId, commandId))) return refuse('ROW_UNKNOWN')
      await onUnsentChanged()
      return ok(null)
    },
    'sync.now': async () => {
      if (link.isOnline()) sync.sendSoon()
      else link.reconnect()
      return ok(null)
    },
  }) satisfies Partial<ActionAnswers>

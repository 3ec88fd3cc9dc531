import type { z } from 'zod'
import { badArgument, ok, refuse, type Result } from '../../protocol/errors.ts'
import { reasonOf } from '../../protocol/reasons.ts'
import { MAX_BATCH_BYTES, requests, type RequestName } from '../../protocol/wire.ts'
import { identityOf } from '../auth/users.ts'
import type { Session } from '../auth/sessions.ts'
import type { CallDesk } from '../calls/call-desk.ts'
import type { CommandTurns } from '../commands/command-turns.ts'
import type { CommandDesk } from '../commands/receive-batch.ts'
import type { Pool } from '../db/connect.ts'
import { storable } from '../db/storable.ts'
import type { FeedStore } from '../feed/feed-store.ts'
import type { ErasureDesk } from '../erasure/erasure-desk.ts'
import { keepReport } from '../operator/device-states.ts'
import { lookUp } from './look-up.ts'
import { isTooDeep } from './nesting.ts'
import { olderHistory } from './older-history.ts'
import { ownRows } from './own-rows.ts'

export interface RequestServices {
  readonly pool: Pool
  readonly feedStore: Pick<FeedStore, 'page'>
  readonly commandDesk: CommandDesk
  readonly commandTurns: CommandTurns
  readonly callDesk: CallDesk
  readonly erasureDesk: ErasureDesk
}

/** The device and the sign-in that a request comes from. */
export interface Asker {
  readonly deviceId: string
  readonly session: Session | null
}

type Args<R extends RequestName> = z.infer<(typeof requests)[R]['args']>
type Reply<R extends RequestName> = z.infer<(typeof requests)[R]['reply']>
type Answers = { [R in RequestName]: (services: RequestServices, asker: Asker, args: Args<R>) => Promise<Reply<R>> }

/**
 * For requests that need a sign-in. Without one, a registered device may only send its journal, report its state and
 * deal with erasures.
 */
const signedIn =
  <R extends RequestName>(answer: (services: RequestServices, session: Session, args: Args<R>) => Promise<Reply<R>>) =>
  async (services: RequestServices, asker: Asker, args: Args<R>): Promise<Reply<R>> =>
    asker.session ? answer(services, asker.session, args) : (refuse('NOT_SIGNED_IN') as Reply<R>)

const answers: Answers = {
  commands: async ({ commandDesk, commandTurns }, { deviceId }, batch) => {
    const turn = commandTurns.run(() => commandDesk.receive(deviceId, batch))
    return 'comeAgainIn' in turn ? refuse('CENTER_BUSY', { seconds: turn.comeAgainIn }) : ok(await turn)
  },
  pull: signedIn<'pull'>(async ({ feedStore }, { user }, { after, limit }) =>
    ok(await feedStore.page(identityOf(user).scopes, after, limit)),
  ),
  lookup: signedIn<'lookup'>(async ({ pool }, { user }, keys) => ok(await lookUp(pool, identityOf(user).scopes, keys))),
  history: signedIn<'history'>(async ({ pool }, { user }, asked) =>
    ok(await olderHistory(pool, identityOf(user).scopes, asked)),
  ),
  ownRows: signedIn<'ownRows'>(async ({ pool }, { user }, { after }) => ok(await ownRows(pool, user, after))),
  callControl: signedIn<'callControl'>(({ callDesk }, { user }, control) => callDesk.control(user.id, control)),
  setAgentState: signedIn<'setAgentState'>(({ callDesk }, { user }, wish) => callDesk.setState(user.id, wish)),
  eraseCustomer: signedIn<'eraseCustomer'>(({ erasureDesk }, { user }, order) => erasureDesk.erase(user, order)),
  erasures: async ({ erasureDesk }, { deviceId }, place) => ok(await erasureDesk.after(deviceId, storable(place))),
  erasureDone: async ({ erasureDesk }, { deviceId }, receipt) => {
    await erasureDesk.confirm(deviceId, receipt)
    return ok(null)
  },
  report: async ({ pool }, { deviceId, session }, report) => {
    await keepReport(pool, deviceId, session?.user.id ?? null, storable(report))
    return ok(null)
  },
  wrapUpDone: signedIn<'wrapUpDone'>(({ callDesk }, { user }, { callId }) => callDesk.wrapUpDone(user.id, callId)),
}

/**
 * Answers one request of a workstation. Arguments and reply are checked against their schemas. The page of a `pull` is
 * not: its type is known where it is made, it is shared, and it is too large to be checked once for each reader.
 */
export async function answerRequest(
  services: RequestServices,
  asker: Asker,
  name: RequestName,
  args: unknown,
): Promise<Result<unknown>> {
  if (isTooDeep(args)) return badArgument(name, 'tooDeep')
  if (name === 'commands') {
    const bytes = Buffer.byteLength(JSON.stringify(args) ?? '')
    if (bytes > MAX_BATCH_BYTES) return refuse('TOO_LARGE', { kilobytes: Math.ceil(bytes / 1024) })
  }
  const parsed = requests[name].args.safeParse(args)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return badArgument(issue?.path.join('.') || name, reasonOf(issue))
  }
  const answer = answers[name] as (services: RequestServices, asker: Asker, args: unknown) => Promise<unknown>
  const result = await answer(services, asker, parsed.data)
  return name === 'pull' ? (result as Reply<'pull'>) : requests[name].reply.parse(result)
}

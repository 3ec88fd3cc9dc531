import { createCommandDesk } from '../../server/commands/receive-batch.ts'
import { createCommandTurns } from '../../server/commands/command-turns.ts'
import type { CommandStore } from '../../server/commands/command-store.ts'
import { createFeedEngine, type FeedEngine } from '../../server/feed/feed-engine.ts'
import type { FeedStore } from '../../server/feed/feed-store.ts'
import { identityOf } from '../../server/auth/users.ts'
import { scopesOf } from '../../server/auth/visible.ts'
import { answerRequest } from '../../server/realtime/workstation-requests.ts'
import type { User } from '../../protocol/entities.ts'
import { refuse } from '../../protocol/errors.ts'
import type { CommandBatch, CommandReply, RequestName } from '../../protocol/wire.ts'
import { modelErasureDesk } from './erasures.ts'
import type { ModelDatabase } from './model-database.ts'
import type { Network, ServerEnd } from './network.ts'
import type { Process, World } from './world.ts'

const SERVER_ID = '0198e000-0000-7000-8000-000000000001'

export interface NodeOptions {
  readonly world: World
  readonly network: Network
  readonly database: ModelDatabase
  readonly process: Process
  readonly commandStore: CommandStore
  readonly feedStore: FeedStore
  /** Receives the ids of commands whose outcome is about to be sent to the workstation. */
  onAcknowledged(commandIds: readonly string[]): void
  /** The user who works at a device. */
  userAt(deviceId: string): string
}

/**
 * A node of the server: the product's command service, feed and requests on the model of the database. `network.ts` has
 * the sockets.
 */
export async function startNode({
  world,
  network,
  database,
  process,
  commandStore,
  feedStore,
  onAcknowledged,
  userAt,
}: NodeOptions): Promise<void> {
  const connections = new Map<ServerEnd, User>()
  const userOf = (deviceId: string) => database.committed().rows.get(`user ${userAt(deviceId)}`) as User
  const closeAll = () => {
    for (const end of connections.keys()) end.close()
  }

  const commandTurns = createCommandTurns(() => process.elapsed())
  let feed: FeedEngine | null = null
  feed = await createFeedEngine({
    store: feedStore,
    clock: process,
    answersWait: commandTurns.someWait,
    onStretch: (stretch) => {
      for (const [end, user] of connections) end.push('feed', stretch.pageFor(scopesOf(user)))
      if (stretch.gone('customer').length > 0) for (const end of connections.keys()) end.push('erased', {})
      // With another role the user may have other rows, so the workstation has to connect again and get its new
      // identity.
      if (stretch.touches('user'))
        for (const [end, user] of connections)
          if (scopesOf(userOf(end.auth.deviceId)).join() !== scopesOf(user).join()) end.close()
    },
    onFloorRaised: closeAll,
    onError: (error) => {
      world.note(`${process.name} feed: ${error.message}`)
    },
  })
  const engine = feed
  const commandDesk = createCommandDesk({
    store: commandStore,
    now: () => process.now(),
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    onChanged: engine.nudge,
    onError: (error, commandId) => {
      world.note(`${process.name} command ${commandId}: ${error.message}`)
    },
  })
  const notThere = new Proxy(
    {},
    {
      get: () => {
        throw new Error('No part of this is simulated.')
      },
    },
  ) as never
  const services = {
    pool: notThere,
    feedStore,
    commandDesk,
    commandTurns,
    callDesk: notThere,
    erasureDesk: modelErasureDesk(database, process),
  }

  network.listen({
    process,
    connected: (end) => {
      void (async () => {
        await process.step()
        const user = userOf(end.auth.deviceId)
        const journals = [...database.committed().journals.values()].filter(
          ({ deviceId }) => deviceId === end.auth.deviceId,
        )
        const { epoch, head, floor } = engine.place()
        connections.set(end, user)
        end.push('welcome', {
          serverTime: process.now(),
          serverId: SERVER_ID,
          epoch,
          head,
          floor,
          identity: identityOf(user),
          nextCommand: journals.map(({ incarnation, next, lastHash }) => ({ incarnation, seq: next, lastHash })),
        })
      })()
    },
    request: async (end, name, args) => {
      const user = connections.get(end)
      const session = user ? { user, deviceId: end.auth.deviceId, tokenHash: '' } : null
      try {
        const answer = await answerRequest(
          services,
          { deviceId: end.auth.deviceId, session: session as never },
          name as RequestName,
          args,
        )
        if (name === 'commands' && answer.ok)
          onAcknowledged(acknowledgedIn(args as CommandBatch, answer.value as CommandReply))
        return answer
      } catch (error) {
        world.note(`${process.name} ${name}: ${(error as Error).message}`)
        return refuse('INTERNAL', { reference: name })
      }
    },
    disconnected: (end) => {
      connections.delete(end)
    },
  })
  await engine.start()
  world.note(`${process.name} is up`)
}

/** Ids of commands that are finished for the workstation. A number that another copy of its journal has used is not. */
const acknowledgedIn = ({ commands }: CommandBatch, { outcomes }: CommandReply): string[] =>
  outcomes
    .filter(
      ({ outcome }) =>
        outcome.kind !== 'retryLater' && !(outcome.kind === 'refused' && outcome.error.code === 'JOURNAL_COPIED'),
    )
    .flatMap(({ seq }) => commands.filter((one) => one.seq === seq).map((one) => one.commandId))

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { builtThreads } from '../../launch/built.ts'
import { createDispatcher, type Dispatcher } from '../../main/ipc/dispatcher.ts'
import { createLog } from '../../main/log.ts'
import { createFileSecretStore } from '../../main/secrets/file-secret-store.ts'
import { startWorkstation, type Workstation, type WorkstationOptions } from '../../main/workstation.ts'
import type { CommandInput, CommandName } from '../../protocol/commands.ts'
import type { Result } from '../../protocol/errors.ts'
import type {
  ActionArgs,
  ActionName,
  ActionResult,
  EventName,
  EventPayload,
  Pop,
  QueryArgs,
  QueryName,
  QueryResult,
} from '../../protocol/workstation.ts'
import { until } from './until.ts'
import { withCheckedAnswers } from './with-checked-answers.ts'

/** A real workstation with its own files, used as a screen uses it: through the dispatcher. */
export interface TestWorkstation {
  readonly core: Workstation
  readonly dispatcher: Dispatcher
  readonly folder: string
  /** The lines that it logged. */
  readonly logged: string[]
  readonly events: { name: EventName; payload: unknown }[]
  pops(): Pop[]
  act<A extends ActionName>(name: A, args: ActionArgs<A>): Promise<Result<ActionResult<A>>>
  run<C extends CommandName>(name: C, args: CommandInput<C>): Promise<Result<{ commandId: string }>>
  /** The first answer of a query for which `fits` is true. */
  seen<Q extends QueryName>(
    query: Q,
    args: QueryArgs<Q>,
    fits: (result: QueryResult<Q>) => boolean,
  ): Promise<QueryResult<Q>>
  event<E extends EventName>(name: E, fits: (payload: EventPayload<E>) => boolean): Promise<EventPayload<E>>
  stop(): Promise<void>
  remove(): Promise<void>
}

export async function startTestWorkstation(
  serverUrl: string,
  more: Partial<WorkstationOptions> & { folder?: string } = {},
): Promise<TestWorkstation> {
  const folder = more.folder ?? mkdtempSync(join(tmpdir(), 'ringside-desk-'))
  const logged: string[] = []
  const log = createLog((line) => logged.push(line), Date.now)
  const core = await startWorkstation({
    dataFolder: folder,
    serverUrl,
    secretStore: createFileSecretStore(join(folder, 'files.key')),
    log,
    appVersion: 'test',
    deviceLabel: 'test',
    newId: () => uuidv7(),
    randomHex: () => randomBytes(32).toString('hex'),
    random: Math.random,
    workerEntries: builtThreads,
    ...more,
  })
  const dispatcher = withCheckedAnswers(createDispatcher(core, log, () => uuidv7()))
  const events: { name: EventName; payload: unknown }[] = []
  dispatcher.on((name, payload) => events.push({ name, payload }))
  return {
    core,
    dispatcher,
    folder,
    logged,
    events,
    pops: () => events.filter((event) => event.name === 'pop').map((event) => event.payload as Pop),
    act: (name, args) => dispatcher.act(name, args) as never,
    run: (name, args) => dispatcher.run(name, args) as never,
    seen: (query, args, fits) =>
      new Promise((resolve, reject) => {
        let last: unknown
        const late = setTimeout(() => {
          stop()
          reject(
            new Error(
              `${query} never fitted; last: ${JSON.stringify(last)?.slice(0, 600)}\n${logged.slice(-8).join('\n')}`,
            ),
          )
        }, 20_000)
        const stop = dispatcher.watch(query, args, (result) => {
          last = result
          if (!result.ok || !fits(result.value as never)) return
          clearTimeout(late)
          queueMicrotask(() => stop())
          resolve(result.value as never)
        })
      }),
    event: async (name, fits) =>
      (await until(() => events.find((event) => event.name === name && fits(event.payload as never)), name))
        .payload as never,
    stop: () => core.stop(),
    remove: async () => {
      await core.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

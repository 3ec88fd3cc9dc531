import type { z } from 'zod'
import { commands, type CommandName } from '../../protocol/commands.ts'
import { badArgument, ok, refuse, RefusalError, type Result } from '../../protocol/errors.ts'
import { reasonOf } from '../../protocol/reasons.ts'
import { actions, queries, type ActionName, type EventName, type QueryName } from '../../protocol/workstation.ts'
import { isDiskFull, ROOM_AGAIN_MB } from '../../db/journal/ballast.ts'
import type { Log } from '../log.ts'
import { queryTopics } from '../services/topics.ts'
import type { Workstation } from '../workstation.ts'

/** What a shell may ask of the core. Names and arguments come in unchecked; every answer is a `Result`. */
export interface Dispatcher {
  watch(name: string, args: unknown, listener: (result: Result<unknown>) => void): () => void
  act(name: string, args: unknown): Promise<Result<unknown>>
  run(name: string, args: unknown): Promise<Result<unknown>>
  /** Listens to every event of the core. */
  on(listener: (name: EventName, payload: unknown) => void): () => void
}

/**
 * The only way from the screens into the core, for both shells: a name or an argument that does not fit the contract
 * becomes a refusal. The screens check the answers against the contract (`renderer/bridge/checked.ts`); checking them
 * here too would slow down every pop.
 */
export function createDispatcher(core: Workstation, log: Log, newReference: () => string): Dispatcher {
  const failed = (name: string, error: unknown): Result<never> => {
    if (error instanceof RefusalError) return { ok: false, error: error.refusal }
    if (isDiskFull(error)) return refuse('JOURNAL_FULL', { megabytes: ROOM_AGAIN_MB })
    const reference = newReference()
    log.error('request failed', error, { name, reference })
    return refuse('INTERNAL', { reference })
  }

  async function answer(name: string, work: () => Promise<Result<unknown>>): Promise<Result<unknown>> {
    try {
      return await work()
    } catch (error) {
      return failed(name, error)
    }
  }

  return {
    watch: (name, args, listener) => {
      if (!Object.hasOwn(queries, name)) {
        listener(unknownName(name))
        return () => {}
      }
      const query = name as QueryName
      const parsed = queries[query].args.safeParse(args)
      if (!parsed.success) {
        listener(unfit(parsed.error))
        return () => {}
      }
      const run = core.queries[query] as (args: unknown) => Promise<unknown>
      const topics = (queryTopics[query] as (args: unknown) => ReturnType<(typeof queryTopics)['session']>)(parsed.data)
      return core.live.watch(topics, () => answer(name, async () => ok(await run(parsed.data))), listener)
    },
    act: async (name, args) => {
      if (!Object.hasOwn(actions, name)) return unknownName(name)
      const action = name as ActionName
      const parsed = actions[action].args.safeParse(args)
      if (!parsed.success) return unfit(parsed.error)
      const work = core.actions[action] as (args: unknown) => Promise<Result<unknown>>
      return answer(name, () => work(parsed.data))
    },
    run: async (name, args) => {
      if (!Object.hasOwn(commands, name)) return unknownName(name)
      const command = name as CommandName
      const parsed = commands[command].args.safeParse(args)
      if (!parsed.success) return unfit(parsed.error)
      return answer(name, () => core.run(command, parsed.data))
    },
    on: (listener) => core.on(listener),
  }
}

/** Only a text that looks like one of our names is repeated in the refusal. */
const unknownName = (name: string) => refuse('UNKNOWN_NAME', { name: /^[\w.]{1,60}$/.test(name) ? name : '?' })

/** Says which field and what is wrong with it, never what was in it. */
function unfit(error: z.ZodError): Result<never> {
  const [issue] = error.issues
  return badArgument(issue?.path.join('.').slice(0, 100) ?? '', reasonOf(issue))
}

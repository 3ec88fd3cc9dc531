import type { CommandInput, CommandName } from '../../protocol/commands.ts'
import type { Result } from '../../protocol/errors.ts'
import type { ActionArgs, ActionName, EventName, QueryArgs, QueryName } from '../../protocol/workstation.ts'
import { checkedAction, checkedEvent, checkedQuery, checkedRun } from './checked.ts'
import type { ScreenBridge } from './screen-bridge.ts'

/** What Electron's preload puts on the window: one function per entry of the contract. */
export interface PreloadApi {
  readonly watch: {
    readonly [Q in QueryName]: (args: QueryArgs<Q>, listener: (result: Result<unknown>) => void) => () => void
  }
  readonly act: { readonly [A in ActionName]: (args: ActionArgs<A>) => Promise<Result<unknown>> }
  readonly run: { readonly [C in CommandName]: (args: CommandInput<C>) => Promise<Result<unknown>> }
  readonly on: { readonly [E in EventName]: (listener: (payload: unknown) => void) => () => void }
}

declare global {
  interface Window {
    readonly ringside?: PreloadApi
  }
}

/** The bridge over Electron's preload. The core runs as long as the window does, so it is always connected. */
export function createPreloadBridge(api: PreloadApi): ScreenBridge {
  return {
    watch: (query, args, listener) => api.watch[query](args, (result) => listener(checkedQuery(query, result))),
    act: async (action, args) => checkedAction(action, await api.act[action](args)),
    run: async (command, args) => checkedRun(command, await api.run[command](args)),
    on: (event, listener) =>
      api.on[event]((payload) => {
        const value = checkedEvent(event, payload)
        if (value) listener(value)
      }),
    connection: () => 'connected',
    onConnection: () => () => {},
  }
}

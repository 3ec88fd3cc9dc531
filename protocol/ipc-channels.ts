import { commands, type CommandName } from './commands.ts'
import { actions, events, queries, type ActionName, type EventName, type QueryName } from './workstation.ts'

/**
 * Electron's channels between preload and core. There is one for each entry of the contract, so that neither side has a
 * general way to send. A `watch` message carries the number that the window gave the watch, and results come back under
 * that number.
 */
export const watchChannel = (name: QueryName) => `watch:${name}` as const
export const actChannel = (name: ActionName) => `act:${name}` as const
export const runChannel = (name: CommandName) => `run:${name}` as const
export const eventChannel = (name: EventName) => `event:${name}` as const
export const UNWATCH_CHANNEL = 'unwatch'
export const RESULT_CHANNEL = 'result'

export const queryNames = Object.keys(queries) as QueryName[]
export const actionNames = Object.keys(actions) as ActionName[]
export const commandNames = Object.keys(commands) as CommandName[]
export const eventNames = Object.keys(events) as EventName[]

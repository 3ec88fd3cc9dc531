import { contextBridge, ipcRenderer } from 'electron'
import type { Result } from '../protocol/errors.ts'
import {
  actChannel,
  actionNames,
  commandNames,
  eventChannel,
  eventNames,
  queryNames,
  RESULT_CHANNEL,
  runChannel,
  UNWATCH_CHANNEL,
  watchChannel,
} from '../protocol/ipc-channels.ts'

type Listener = (result: Result<unknown>) => void

// Gives the screens one function for each entry of the contract, and no way to send anything else.

const listeners = new Map<number, Listener>()
let lastWatch = 0

ipcRenderer.on(RESULT_CHANNEL, (_event, watchId: number, result: Result<unknown>) => listeners.get(watchId)?.(result))

const each = <Name extends string, F>(names: readonly Name[], make: (name: Name) => F) =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, F>

contextBridge.exposeInMainWorld('ringside', {
  watch: each(queryNames, (name) => (args: unknown, listener: Listener) => {
    lastWatch += 1
    const watchId = lastWatch
    listeners.set(watchId, listener)
    ipcRenderer.send(watchChannel(name), watchId, args)
    return () => {
      if (listeners.delete(watchId)) ipcRenderer.send(UNWATCH_CHANNEL, watchId)
    }
  }),
  act: each(actionNames, (name) => (args: unknown) => ipcRenderer.invoke(actChannel(name), args) as Promise<unknown>),
  run: each(commandNames, (name) => (args: unknown) => ipcRenderer.invoke(runChannel(name), args) as Promise<unknown>),
  on: each(eventNames, (name) => (listener: (payload: unknown) => void) => {
    const hear = (_event: unknown, payload: unknown) => listener(payload)
    ipcRenderer.on(eventChannel(name), hear)
    return () => {
      ipcRenderer.removeListener(eventChannel(name), hear)
    }
  }),
})

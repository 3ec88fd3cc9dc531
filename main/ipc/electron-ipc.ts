import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import { badArgument, refuse, type Result } from '../../protocol/errors.ts'
import {
  actChannel,
  actionNames,
  commandNames,
  eventChannel,
  queryNames,
  RESULT_CHANNEL,
  runChannel,
  UNWATCH_CHANNEL,
  watchChannel,
} from '../../protocol/ipc-channels.ts'
import type { Log } from '../log.ts'
import { isTrustedSender } from '../security/ipc-sender.ts'
import type { Dispatcher } from './dispatcher.ts'

const WATCHES_AT_MOST = 200

/** The parts of a window's page that are used to send to it. */
export type Screen = Pick<WebContents, 'id' | 'send' | 'isDestroyed' | 'once'>

export interface ElectronIpc {
  /** From now on this page hears every event, until it is gone. */
  attach(screen: Screen): void
}

/**
 * The bridge over Electron's IPC: one channel for each entry of the contract. This checks the sender of every message;
 * the dispatcher checks its content.
 */
export function serveElectronIpc(ipc: Pick<IpcMain, 'handle' | 'on'>, dispatcher: Dispatcher, log: Log): ElectronIpc {
  const screens = new Map<number, { screen: Screen; watches: Map<number, () => void> }>()

  const trusted = (event: IpcMainEvent | IpcMainInvokeEvent, channel: string) => {
    if (isTrustedSender(event.senderFrame) && screens.has(event.sender.id)) return true
    log.info('message of a stranger', { channel })
    return false
  }
  const send = (screen: Screen, channel: string, ...args: unknown[]) => {
    if (!screen.isDestroyed()) screen.send(channel, ...args)
  }
  const forget = (id: number) => {
    for (const stop of screens.get(id)?.watches.values() ?? []) stop()
    screens.get(id)?.watches.clear()
  }

  for (const name of queryNames) {
    const channel = watchChannel(name)
    ipc.on(channel, (event, watchId: unknown, args: unknown) => {
      if (!trusted(event, channel) || typeof watchId !== 'number' || !Number.isInteger(watchId)) return
      const { screen, watches } = screens.get(event.sender.id)!
      const answer = (result: Result<unknown>) => send(screen, RESULT_CHANNEL, watchId, result)
      watches.get(watchId)?.()
      if (watches.size >= WATCHES_AT_MOST) answer(badArgument('watch', 'tooManyWatched'))
      else watches.set(watchId, dispatcher.watch(name, args, answer))
    })
  }
  ipc.on(UNWATCH_CHANNEL, (event, watchId: unknown) => {
    if (!trusted(event, UNWATCH_CHANNEL) || typeof watchId !== 'number') return
    const { watches } = screens.get(event.sender.id)!
    watches.get(watchId)?.()
    watches.delete(watchId)
  })
  for (const name of actionNames) {
    const channel = actChannel(name)
    ipc.handle(channel, (event, args: unknown) =>
      trusted(event, channel) ? dispatcher.act(name, args) : refuse('NOT_ALLOWED'),
    )
  }
  for (const name of commandNames) {
    const channel = runChannel(name)
    ipc.handle(channel, (event, args: unknown) =>
      trusted(event, channel) ? dispatcher.run(name, args) : refuse('NOT_ALLOWED'),
    )
  }
  dispatcher.on((name, payload) => {
    for (const { screen } of screens.values()) send(screen, eventChannel(name), payload)
  })

  return {
    attach: (screen) => {
      screens.set(screen.id, { screen, watches: new Map() })
      // A reloaded page starts its own watches, so end those of the page before it.
      ;(screen as WebContents).on?.('did-start-navigation', (details) => {
        if (details.isMainFrame && !details.isSameDocument) forget(screen.id)
      })
      screen.once('destroyed', () => {
        forget(screen.id)
        screens.delete(screen.id)
      })
    },
  }
}

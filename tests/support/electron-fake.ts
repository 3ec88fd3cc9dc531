import { EventEmitter } from 'node:events'
import type Electron from 'electron'

/** A page of the fake, with functions that let a test raise its events. */
export interface FakeContents {
  readonly id: number
  readonly sent: { channel: string; args: unknown[] }[]
  /** Raises an event that a handler can prevent. */
  emitted(name: string, details: { url: string }): 'prevented' | 'allowed'
  windowOpen(url: string): { action: 'deny' | 'allow' }
  destroy(): void
}

type Frame = { url: string; parent: unknown }

/**
 * The part of Electron that the shell uses, without the runtime. It is checked against Electron's own types, so that a
 * call that the real Electron does not have is a type error here too.
 */
export function createElectronFake() {
  let lastId = 0
  let requestHandler: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null
  let checkHandler: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null
  const handlers = new Map<string, (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown>()
  const heard = new EventEmitter()

  const session = {
    setPermissionRequestHandler: (handler) => {
      requestHandler = handler
    },
    setPermissionCheckHandler: (handler) => {
      checkHandler = handler
    },
    setDevicePermissionHandler: () => {},
  } satisfies Pick<
    Electron.Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >

  const ipcMain = {
    handle: (channel, listener) => {
      handlers.set(channel, listener)
    },
    on: (channel, listener) => heard.on(channel, listener) as unknown as Electron.IpcMain,
  } satisfies Pick<Electron.IpcMain, 'handle' | 'on'>

  function newContents(): FakeContents &
    Pick<Electron.WebContents, 'on' | 'once' | 'send' | 'isDestroyed' | 'setWindowOpenHandler'> {
    const emitter = new EventEmitter()
    const sent: { channel: string; args: unknown[] }[] = []
    let destroyed = false
    let openHandler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse = () => ({
      action: 'allow',
    })
    lastId += 1
    return {
      id: lastId,
      sent,
      on: emitter.on.bind(emitter) as unknown as Electron.WebContents['on'],
      once: emitter.once.bind(emitter) as unknown as Electron.WebContents['once'],
      send: (channel, ...args) => {
        sent.push({ channel, args: structuredClone(args) as unknown[] })
      },
      isDestroyed: () => destroyed,
      setWindowOpenHandler: (handler) => {
        openHandler = handler
      },
      emitted: (name, { url }) => {
        let prevented = false
        emitter.emit(
          name,
          {
            url,
            isMainFrame: true,
            isSameDocument: false,
            preventDefault: () => {
              prevented = true
            },
          },
          url,
        )
        return prevented ? 'prevented' : 'allowed'
      },
      windowOpen: (url) => openHandler({ url } as Electron.HandlerDetails),
      destroy: () => {
        destroyed = true
        emitter.emit('destroyed')
      },
    }
  }

  /** A window whose page can die; `did` lists what the shell made the window do. */
  function newWindow() {
    const [own, page] = [new EventEmitter(), new EventEmitter()]
    const did: string[] = []
    let destroyed = false
    const webContents = {
      on: page.on.bind(page) as unknown as Electron.WebContents['on'],
      reload: () => {
        did.push('reload')
      },
      forcefullyCrashRenderer: () => {
        did.push('crash')
      },
    } satisfies Pick<Electron.WebContents, 'on' | 'reload' | 'forcefullyCrashRenderer'>
    const window = {
      webContents,
      on: own.on.bind(own) as unknown as Electron.BrowserWindow['on'],
      isDestroyed: () => destroyed,
    } satisfies { webContents: unknown } & Pick<Electron.BrowserWindow, 'on' | 'isDestroyed'>
    return {
      window,
      did,
      pageGone: (details: Electron.RenderProcessGoneDetails) => page.emit('render-process-gone', {}, details),
      becomes: (state: 'unresponsive' | 'responsive') => own.emit(state),
      close: () => {
        destroyed = true
        own.emit('closed')
      },
    }
  }

  return {
    session,
    ipcMain,
    newContents,
    newWindow,
    asked: (permission: string, requestingUrl: string): boolean => {
      let answer: boolean | null = null
      requestHandler?.(
        null as unknown as Electron.WebContents,
        permission as never,
        (granted) => {
          answer = granted
        },
        { requestingUrl } as never,
      )
      return answer === true || checkHandler?.(null, permission as never, requestingUrl, {} as never) === true
    },
    /** Delivers what a page sends with `ipcRenderer.send`. */
    say: (sender: FakeContents, frame: Frame | null, channel: string, ...args: unknown[]) =>
      heard.emit(channel, { sender, senderFrame: frame }, ...args),
    /** Returns the answer to what a page asks with `ipcRenderer.invoke`. */
    ask: async (sender: FakeContents, frame: Frame | null, channel: string, ...args: unknown[]): Promise<unknown> => {
      const handler = handlers.get(channel)
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      return handler({ sender, senderFrame: frame } as unknown as Electron.IpcMainInvokeEvent, ...args)
    },
    channels: () => [...handlers.keys(), ...heard.eventNames().map(String)],
  }
}

/** The result of `import … from 'electron'` in a test: in plain Node the real package would start a download. */
export const electronModule = {
  protocol: {
    registerSchemesAsPrivileged: () => {},
    handle: () => {},
  } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>,
  safeStorage: {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptString: (text) => Buffer.from(`sealed:${Buffer.from(text).toString('base64')}`),
    decryptString: (sealed) => Buffer.from(sealed.toString().slice('sealed:'.length), 'base64').toString(),
  } satisfies Pick<
    Electron.SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  >,
}

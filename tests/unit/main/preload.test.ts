import { beforeAll, describe, expect, it, vi } from 'vitest'
import type Electron from 'electron'
import { actionNames, commandNames, eventNames, queryNames } from '../../../protocol/ipc-channels.ts'

const sent: { channel: string; args: unknown[] }[] = []
const heard = new Map<string, (event: unknown, ...args: unknown[]) => void>()
let exposed: { name: string; api: Record<string, Record<string, (...args: unknown[]) => unknown>> } = {
  name: '',
  api: {},
}

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name, api) => {
      exposed = { name, api: api as never }
    },
  } satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>,
  ipcRenderer: {
    send: (channel, ...args) => {
      sent.push({ channel, args })
    },
    invoke: async (channel, ...args) => {
      sent.push({ channel, args })
    },
    on: (channel, listener) => {
      heard.set(channel, listener as never)
      return undefined as never
    },
    removeListener: (channel) => {
      heard.delete(channel)
      return undefined as never
    },
  } satisfies Pick<Electron.IpcRenderer, 'send' | 'invoke' | 'on' | 'removeListener'>,
}))

beforeAll(async () => {
  await import('../../../preload/index.ts')
})

describe('what a window sees', () => {
  it('is one function for each entry of the contract, and nothing that takes a channel', () => {
    expect(exposed.name).toBe('ringside')
    expect(Object.keys(exposed.api)).toEqual(['watch', 'act', 'run', 'on'])
    expect(Object.keys(exposed.api['watch']!)).toEqual(queryNames)
    expect(Object.keys(exposed.api['act']!)).toEqual(actionNames)
    expect(Object.keys(exposed.api['run']!)).toEqual(commandNames)
    expect(Object.keys(exposed.api['on']!)).toEqual(eventNames)
  })

  it('sends only under its own entry, whatever it is given', async () => {
    await exposed.api['act']!['sync.now']!({}, 'act:session.signOut', 'more')
    expect(sent.at(-1)).toEqual({ channel: 'act:sync.now', args: [{}] })
  })

  it('receives the results of a watch until it stops it', () => {
    const results: unknown[] = []
    const stop = exposed.api['watch']!['session']!({}, (result: unknown) => results.push(result)) as () => void
    const [watchId] = sent.at(-1)!.args
    heard.get('result')!({}, watchId, 'one')
    heard.get('result')!({}, 999, 'not ours')
    stop()
    heard.get('result')!({}, watchId, 'late')
    expect(results).toEqual(['one'])
    expect(sent.at(-1)).toEqual({ channel: 'unwatch', args: [watchId] })
  })
})

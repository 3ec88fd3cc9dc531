import type { ActionArgs, ActionName, Pop, QueryArgs, QueryName } from '../../protocol/workstation.ts'
import { randomBytes } from 'node:crypto'
import { passIdOf, proofOf } from '../../main/host/bridge-proof.ts'
import type { BridgeMessage, BridgeProof } from '../../protocol/bridge.ts'

/** The window's end of a browser host's bridge. */
export interface Bridge {
  act<A extends ActionName>(name: A, args: ActionArgs<A>): Promise<void>
  /** Resolves with the first result of a query. */
  ask<Q extends QueryName>(name: Q, args: QueryArgs<Q>): Promise<void>
  /** Resolves with the next screen pop. */
  pop(): Promise<Pop>
  close(): void
}

type Answer = Extract<BridgeMessage, { kind: 'result' }>['result']

const WITHIN_MS = 20_000

/** Enters the browser host with the token of the printed address. */
export async function openBridge(address: string): Promise<Bridge> {
  const { origin, host, port, hash } = new URL(address)
  // Node's own WebSocket accepts headers, which the browser types do not know.
  const socket = new (WebSocket as unknown as new (url: string, options: object) => WebSocket)(`ws://${host}/bridge`, {
    headers: { origin },
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  let onPop = (_pop: Pop) => {}
  let lastId = 0
  await soon('the bridge', (resolve) => {
    const [pass, windowNonce] = [hash.slice('#token='.length), randomBytes(32).toString('base64url')]
    socket.addEventListener('open', () =>
      socket.send(JSON.stringify({ verb: 'hello', passId: passIdOf(pass), nonce: windowNonce })),
    )
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as BridgeMessage | { kind: 'entered' } | BridgeProof
      if (message.kind === 'proof')
        socket.send(
          JSON.stringify({
            verb: 'enter',
            mac: proofOf('window', pass, { port: Number(port), windowNonce, hostNonce: message.nonce }),
          }),
        )
      else if (message.kind === 'entered') resolve(null)
      else if (message.kind === 'result') {
        waiting.get(message.id)?.(message.result)
        waiting.delete(message.id)
      } else if (message.name === 'pop') onPop(message.payload as Pop)
    })
  })
  const request = async (verb: 'act' | 'watch', name: string, args: unknown): Promise<number> => {
    const id = (lastId += 1)
    const answer = await soon<Answer>(`${verb} ${name}`, (resolve) => {
      waiting.set(id, resolve)
      socket.send(JSON.stringify({ verb, id, name, args }))
    })
    if (!answer.ok) throw new Error(`${name} was refused: ${answer.error.code}`)
    return id
  }
  return {
    act: async (name, args) => {
      await request('act', name, args)
    },
    ask: async (name, args) => socket.send(JSON.stringify({ verb: 'unwatch', id: await request('watch', name, args) })),
    pop: () =>
      soon('a pop', (resolve) => {
        onPop = resolve
      }),
    close: () => socket.close(),
  }
}

function soon<T>(what: string, work: (resolve: (value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It never came: ${what}.`)), WITHIN_MS)
    work((value) => {
      clearTimeout(timer)
      resolve(value)
    })
  })
}

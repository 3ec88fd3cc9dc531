import { io, type Socket } from 'socket.io-client'
import type { z } from 'zod'
import { sealOf } from '../../db/journal/command-seal.ts'
import { envelopeHash } from '../../server/commands/envelope.ts'
import { commands, type CommandInput, type CommandName } from '../../protocol/commands.ts'
import type { AgentCall, AgentState } from '../../protocol/calls.ts'
import type { Result } from '../../protocol/errors.ts'
import { CACHE_SCHEMA, PROTOCOL_VERSION } from '../../protocol/version.ts'
import type {
  CommandEnvelope,
  CommandReply,
  FeedPage,
  RequestName,
  requests,
  SentPage,
  SignInReply,
  Welcome,
} from '../../protocol/wire.ts'
import { unpackedChanges } from '../../db/apply/unpacked-changes.ts'
import { PASSWORD } from './people.ts'

export type SignedIn = (z.infer<typeof SignInReply> & { ok: true })['value'] & { deviceId: string }

/** What the server answers and pushes over a real socket, in the form that a test needs. */
export interface WorkstationClient {
  readonly socket: Socket
  readonly welcome: Welcome
  readonly pages: FeedPage[]
  readonly calls: AgentCall[]
  readonly states: AgentState[]
  /** Sends a request. Pages are unpacked, as the workstation unpacks them where it writes them. */
  ask<R extends RequestName>(
    name: R,
    args: z.infer<(typeof requests)[R]['args']>,
  ): Promise<R extends 'pull' ? Result<FeedPage> : z.infer<(typeof requests)[R]['reply']>>
  /** Sends the next command of this client's journal. */
  run<C extends CommandName>(name: C, args: CommandInput<C>): Promise<z.infer<typeof CommandReply>>
  /** Returns what `found` returns once it returns something, or throws. */
  until<T>(found: () => T | undefined, what: string): Promise<T>
  close(): void
}

export async function postSignIn(
  url: string,
  login: string,
  more: {
    password?: string
    deviceId?: string
    deviceToken?: string | null
    protocolVersion?: number
    from?: string
  } = {},
): Promise<{ status: number; body: z.infer<typeof SignInReply> }> {
  const response = await fetch(`${url}/api/sign-in`, {
    // A proxy on this machine says in this header for whom it asks.
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(more.from === undefined ? {} : { 'x-forwarded-for': more.from }),
    },
    body: JSON.stringify({
      login,
      password: more.password ?? PASSWORD,
      protocolVersion: more.protocolVersion ?? PROTOCOL_VERSION,
      device: { deviceId: more.deviceId ?? crypto.randomUUID(), deviceToken: more.deviceToken ?? null, label: 'test' },
    }),
  })
  return { status: response.status, body: (await response.json()) as z.infer<typeof SignInReply> }
}

export async function signInAs(url: string, login: string, deviceId: string = crypto.randomUUID()): Promise<SignedIn> {
  const { body } = await postSignIn(url, login, { deviceId })
  if (!body.ok) throw new Error(body.error.code)
  return { ...body.value, deviceId }
}

/** Connects a signed-in workstation. Rejects with the code of the refusal. */
export async function connectWorkstation(
  url: string,
  who: SignedIn,
  more: { session?: boolean; protocolVersion?: number } = {},
): Promise<WorkstationClient> {
  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: {
      deviceId: who.deviceId,
      deviceToken: who.deviceToken,
      sessionToken: more.session === false ? null : who.sessionToken,
      protocolVersion: more.protocolVersion ?? PROTOCOL_VERSION,
      cacheSchema: CACHE_SCHEMA,
    },
  })
  const pages: FeedPage[] = []
  const calls: AgentCall[] = []
  const states: AgentState[] = []
  socket.on('feed', (page: SentPage) => {
    pages.push(unpackedPage(page))
  })
  socket.on('call', (call: AgentCall) => {
    calls.push(call)
  })
  socket.on('agentState', (state: AgentState) => {
    states.push(state)
  })
  const welcome = await new Promise<Welcome>((resolve, reject) => {
    socket.once('welcome', resolve)
    socket.once('connect_error', (error: Error & { data?: { code: string } }) => {
      socket.close()
      reject(new Error(error.data?.code ?? error.message))
    })
    // The server may die after it accepted the connection and before it sent the welcome.
    socket.once('disconnect', (reason) => {
      reject(new Error(reason))
    })
  })
  const incarnation = crypto.randomUUID()
  let seq = 0
  const client: WorkstationClient = {
    socket,
    welcome,
    pages,
    calls,
    states,
    ask: async (name, args) => {
      const answer = (await socket.timeout(10_000).emitWithAck(name, args)) as Result<SentPage>
      return (name === 'pull' && answer.ok ? { ok: true, value: unpackedPage(answer.value) } : answer) as never
    },
    run: async (name, args) => {
      const envelope = envelopeOf((seq += 1), who, name, args)
      const reply = (await client.ask('commands', { incarnation, commands: [envelope] })) as Result<
        z.infer<typeof CommandReply>
      >
      if (!reply.ok) throw new Error(reply.error.code)
      return reply.value
    },
    until: async (found, what) => {
      for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 5) {
        const value = found()
        if (value !== undefined) return value
        await new Promise((resolve) => {
          setTimeout(resolve, 5)
        })
      }
      throw new Error(`never came: ${what}`)
    },
    close: () => {
      socket.close()
    },
  }
  return client
}

function unpackedPage(page: SentPage): FeedPage {
  if (!('packed' in page)) return page
  const { packed, ...place } = page
  return { ...place, changes: [...unpackedChanges(packed)] }
}

/** An envelope as a journal would send it, sealed in a sign-in unless `more` says otherwise. */
export function envelopeOf(
  seq: number,
  by: Pick<SignedIn, 'identity' | 'sessionId' | 'sealKey'>,
  name: string,
  args: unknown,
  more: Partial<CommandEnvelope> = {},
): CommandEnvelope {
  const version = Object.hasOwn(commands, name) ? commands[name as CommandName].version : 1
  const said = {
    seq,
    commandId: crypto.randomUUID(),
    name,
    version,
    args,
    userId: by.identity.userId,
    at: Date.now(),
    ...more,
  }
  return {
    ...said,
    hash: more.hash ?? envelopeHash(said),
    seal: more.seal === undefined ? sealOf(by, said) : more.seal,
  }
}

import { request } from 'node:http'
import { request as requestTls } from 'node:https'
import type { z } from 'zod'
import type { AgentState } from '../../protocol/calls.ts'
import { refuse, resultOf, type Result } from '../../protocol/errors.ts'
import {
  AgentStatesReply,
  ServerReply,
  SignInReply,
  SnapshotManifest,
  type SignInRequest,
} from '../../protocol/wire.ts'

export type SignedIn = Extract<z.infer<typeof SignInReply>, { ok: true }>['value']

/** What the workstation asks of the server over HTTP. */
export interface Center {
  /** Asks which server answers, without sending any token; null where none does. */
  serverId(): Promise<string | null>
  signIn(request: z.infer<typeof SignInRequest>): Promise<Result<SignedIn>>
  /** Ends the session at the server too; nobody waits for it. */
  signOut(sessionToken: string): Promise<void>
  snapshot(sessionToken: string, signal: AbortSignal): Promise<Result<z.infer<typeof SnapshotManifest>>>
  /**
   * The colleagues' states; null where the server does not tell them, or not in time for the agent who waits for them.
   */
  agentStates(sessionToken: string): Promise<AgentState[] | null>
  /** The bytes of a snapshot from `offset` on; null where the server does not have this file, or no longer has it. */
  snapshotBytes(
    id: string,
    sessionToken: string,
    offset: number,
    signal: AbortSignal,
  ): Promise<{ body: AsyncIterable<Uint8Array>; offset: number } | null>
}

const WITHIN_MS = 20_000
/** The connection waits for this reply. */
const SAYS_WHO_WITHIN_MS = 5_000
/** An agent with a caller on the line waits for this reply. */
const STATES_WITHIN_MS = 2_000
/** A download that brings nothing for this long is started again where it stopped. */
const STANDSTILL_MS = 20_000

export function createCenter(serverUrl: string): Center {
  const at = (path: string) => new URL(path, serverUrl)
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

  async function ask<S extends z.ZodType>(
    path: string,
    init: RequestInit,
    reply: S,
    withinMs = WITHIN_MS,
  ): Promise<
    z.infer<S> | { ok: false; error: { code: 'CENTER_NOT_REACHED' | 'INTERNAL'; params: Record<string, string> } }
  > {
    let body: unknown
    try {
      const late = AbortSignal.timeout(withinMs)
      const response = await fetch(at(path), {
        ...init,
        signal: init.signal ? AbortSignal.any([init.signal, late]) : late,
        redirect: 'error',
      })
      body = await response.json()
    } catch {
      return { ok: false, error: { code: 'CENTER_NOT_REACHED', params: {} } }
    }
    const parsed = reply.safeParse(body)
    return parsed.success ? parsed.data : { ok: false, error: { code: 'INTERNAL', params: { reference: path } } }
  }

  return {
    serverId: async () => {
      const reply = await ask('/api/server', {}, ServerReply, SAYS_WHO_WITHIN_MS)
      return reply.ok ? reply.value.serverId : null
    },
    signIn: async (request) => {
      const headers = { 'content-type': 'application/json' }
      const heard = await ask('/api/sign-in', { method: 'POST', headers, body: JSON.stringify(request) }, SignInReply)
      return heard.ok ? heard : { ok: false, error: heard.error }
    },
    signOut: async (token) => {
      await fetch(at('/api/sign-out'), {
        method: 'POST',
        headers: bearer(token),
        redirect: 'error',
        signal: AbortSignal.timeout(WITHIN_MS),
      }).catch(() => null)
    },
    snapshot: async (token, signal) => {
      const reply = await ask(
        '/api/snapshot?history=recent',
        { headers: bearer(token), signal },
        resultOf(SnapshotManifest).or(SnapshotManifest),
      )
      if ('ok' in reply) return reply.ok ? reply : refuse(reply.error.code, reply.error.params)
      return { ok: true, value: reply }
    },
    agentStates: async (token) => {
      const reply = await ask('/api/agents', { headers: bearer(token) }, AgentStatesReply, STATES_WITHIN_MS)
      return reply.ok ? reply.value : null
    },
    snapshotBytes: (id, token, offset, signal) =>
      new Promise((resolve, reject) => {
        const url = at(`/api/snapshot/${id}`)
        const headers = { ...bearer(token), ...(offset > 0 ? { range: `bytes=${offset}-` } : {}) }
        // A snapshot has gigabytes: Node's own streams carry them at half the cost of the web streams that fetch returns.
        const asked = (url.protocol === 'https:' ? requestTls : request)(url, { headers, signal }, (answer) => {
          const from =
            answer.statusCode === 206
              ? Number(/^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1] ?? Number.NaN)
              : answer.statusCode === 200
                ? 0
                : Number.NaN
          if (Number.isNaN(from)) {
            answer.resume()
            resolve(null)
          } else resolve({ body: answer, offset: from })
        })
        asked.setTimeout(STANDSTILL_MS, () => {
          asked.destroy(new Error('The download stands still.'))
        })
        asked.on('error', reject)
        asked.end()
      }),
  }
}

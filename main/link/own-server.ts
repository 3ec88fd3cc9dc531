import { z } from 'zod'
import type { Refusal } from '../../protocol/errors.ts'
import { readRemembered } from '../services/remembered.ts'

/** The server whose this journal is: tokens and commands go to no other. */
export interface OwnServer {
  /** Null: tokens may go to it. Else why not, as it says itself now: it is another server, or it says nothing. */
  check(): Promise<Refusal | null>
  /** What a server says that it is, at a sign-in or a welcome. False: it is another one. The first that is heard is this journal's from then on. */
  isOurs(serverId: string): Promise<boolean>
}

const KeptServer = z.object({ serverId: z.string(), origin: z.string() })

export interface OwnServerOptions {
  /** Where the start says that the server is. */
  readonly origin: string
  /** The start says that the journal's server has moved there. */
  readonly moved: boolean
  readonly remembered: Readonly<Record<string, string>>
  readonly remember: (facts: Readonly<Record<string, string>>) => Promise<unknown>
  /** Which server answers there, asked without any token; null: none does. */
  readonly askId: () => Promise<string | null>
}

/**
 * Knows the journal's server by the id that it gave and by its address. A start that names another address works on without a server,
 * unless it says that the server has moved; then the new address is asked first which server it is. That a machine is
 * the one that an address means is for TLS to prove.
 */
export function createOwnServer(options: OwnServerOptions): OwnServer {
  const { origin, moved } = options
  let known = readRemembered(options.remembered['server'], KeptServer)
  /** It said who it is, in this run. */
  let isProved = false

  async function keep(serverId: string): Promise<void> {
    known = { serverId, origin }
    await options.remember({ server: JSON.stringify(known) })
  }

  return {
    check: async () => {
      if (!known) return null
      if (known.origin !== origin && !moved) return { code: 'SERVER_MOVED', params: { known: known.origin, address: origin } }
      if (isProved) return null
      const said = await options.askId()
      if (said === null) return { code: 'CENTER_NOT_REACHED', params: {} }
      isProved = said === known.serverId
      if (!isProved) return { code: 'OTHER_SERVER', params: { address: origin } }
      if (known.origin !== origin) await keep(known.serverId)
      return null
    },
    isOurs: async (serverId) => {
      isProved = known === null || known.serverId === serverId
      if (!known) await keep(serverId)
      return isProved
    },
  }
}

import { z } from 'zod'
import type { Refusal } from '../../protocol/errors.ts'
import { readRemembered } from '../services/remembered.ts'

/** The server that this journal belongs to: tokens and commands go to no other. */
export interface OwnServer {
  /**
   * Null where tokens may go to the server. Otherwise the reason why not, after asking it now: it is another server, or
   * it does not answer.
   */
  check(): Promise<Refusal | null>
  /**
   * Takes the id that a server tells at a sign-in or a welcome. False where it is another server. The first id that
   * arrives is this journal's server from then on.
   */
  isOurs(serverId: string): Promise<boolean>
}

const KeptServer = z.object({ serverId: z.string(), origin: z.string() })

export interface OwnServerOptions {
  /** The address that the start names for the server. */
  readonly origin: string
  /** Whether the start says that the journal's server has moved to that address. */
  readonly moved: boolean
  readonly remembered: Readonly<Record<string, string>>
  readonly remember: (facts: Readonly<Record<string, string>>) => Promise<unknown>
  /** Asks which server answers there, without sending any token; null where none does. */
  readonly askId: () => Promise<string | null>
}

/**
 * Recognises the journal's server by its id and its address. A start that names another address works on without a
 * server, unless it says that the server has moved; then the new address is first asked which server it is. TLS proves
 * that a machine really is the one that an address names.
 */
export function createOwnServer(options: OwnServerOptions): OwnServer {
  const { origin, moved } = options
  let known = readRemembered(options.remembered['server'], KeptServer)
  /** Whether the server has told its id since this start. */
  let isProved = false

  async function keep(serverId: string): Promise<void> {
    known = { serverId, origin }
    await options.remember({ server: JSON.stringify(known) })
  }

  return {
    check: async () => {
      if (!known) return null
      if (known.origin !== origin && !moved)
        return { code: 'SERVER_MOVED', params: { known: known.origin, address: origin } }
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

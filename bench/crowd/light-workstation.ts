import { v7 as uuid } from 'uuid'
import { commandHash } from '../../db/journal/command-hash.ts'
import { sealOf } from '../../db/journal/command-seal.ts'
import { systemClock } from '../../main/clock.ts'
import { askedToWaitMs } from '../../main/link/backoff.ts'
import { createServerLink } from '../../main/link/server-link.ts'
import { commands, type CommandInput } from '../../protocol/commands.ts'
import { CACHE_SCHEMA, PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { CommandEnvelope } from '../../protocol/wire.ts'
import { DeviceId } from '../../protocol/scalars.ts'
import type { Person } from './add-people.ts'
import { openLightSocket } from './open-light-socket.ts'

export interface LightWorkstation {
  isOnline(): boolean
  /** Journals commands. They are sent now, or when the server can be reached again. */
  enter(all: readonly CommandInput<'interaction.wrapUp'>[]): void
  stop(): void
}

export interface LightWorkstationOptions {
  readonly serverUrl: string
  readonly person: Person
  onOnline(): void
  /** Every command that was entered is acknowledged. */
  onAllAcknowledged(): void
  /** Something went wrong of which a real workstation would tell its user. */
  onError(what: string): void
}

const TRY_AGAIN_MS = 2000

/**
 * A workstation without files: it has the product's own link with its backoff, and a journal in memory, which it sends
 * as `main/link/sync.ts` does.
 */
export function startLightWorkstation({ serverUrl, person, ...events }: LightWorkstationOptions): LightWorkstation {
  const incarnation = uuid()
  const unsent: CommandEnvelope[] = []
  let lastSeq = 0
  let sending = false

  const link = createServerLink({
    open: openLightSocket(serverUrl),
    clock: systemClock,
    random: Math.random,
    log: { info: () => undefined, error: (event) => events.onError(event) },
    handshake: async () => ({
      deviceId: DeviceId.parse(person.deviceId),
      deviceToken: person.deviceToken,
      sessionToken: person.sessionToken,
      protocolVersion: PROTOCOL_VERSION,
      cacheSchema: CACHE_SCHEMA,
    }),
    events: {
      onState: (state) => {
        if (state.kind === 'refused') events.onError(`handshake ${state.refusal.code}`)
      },
      onBeat: () => undefined,
      onPush: (name) => {
        if (name === 'signedOut') events.onError('signed out')
        if (name !== 'welcome') return
        events.onOnline()
        void send()
      },
    },
  })

  async function send(): Promise<void> {
    if (sending || unsent.length === 0) return
    sending = true
    const reply = await link.request('commands', { incarnation, commands: unsent })
    sending = false
    if (!reply.ok) {
      if (reply.error.code !== 'CENTER_NOT_REACHED' && reply.error.code !== 'CENTER_BUSY')
        events.onError(`commands ${reply.error.code}`)
      const seconds = Number(reply.error.params['seconds'] ?? Number.NaN)
      if (link.isOnline())
        setTimeout(() => void send(), Number.isFinite(seconds) ? askedToWaitMs(seconds, Math.random) : TRY_AGAIN_MS)
      return
    }
    for (const { outcome } of reply.value.outcomes) {
      if (outcome.kind === 'retryLater') break
      if (outcome.kind === 'refused' || outcome.kind === 'parked')
        events.onError(`${outcome.kind} ${outcome.error.code}`)
      unsent.shift()
    }
    if (unsent.length === 0) events.onAllAcknowledged()
    else if (link.isOnline()) setTimeout(() => void send(), TRY_AGAIN_MS)
  }

  link.start()
  return {
    isOnline: () => link.isOnline(),
    enter: (all) => {
      for (const args of all) {
        const command = {
          seq: (lastSeq += 1),
          commandId: uuid(),
          name: 'interaction.wrapUp',
          version: commands['interaction.wrapUp'].version,
          args,
          userId: person.userId,
          at: Date.now(),
        }
        unsent.push({ ...command, hash: commandHash(command), seal: sealOf(person, command) })
      }
      if (link.isOnline()) void send()
    },
    stop: () => link.stop(),
  }
}

import { z } from 'zod'
import type { SealingKey } from '../../db/journal/command-seal.ts'
import { ok, refuse, type Refusal, type Result } from '../../protocol/errors.ts'
import { Identity, type Handshake } from '../../protocol/wire.ts'
import { CACHE_SCHEMA, PROTOCOL_VERSION } from '../../protocol/version.ts'
import { Site, type Session as ShownSession } from '../../protocol/workstation.ts'
import type { DeviceId, UserId } from '../../protocol/scalars.ts'
import type { Clock } from '../clock.ts'
import type { Center } from '../link/center.ts'
import type { OwnServer } from '../link/own-server.ts'
import { readRemembered } from './remembered.ts'

/**
 * Where the site is: it decides what times, amounts and numbers without a country code mean. Before the first sign-in
 * the server has not told it yet; XXX is the code for no currency.
 */
export interface Place {
  readonly timeZone: string
  readonly currency: string
  readonly country: string | null
}

/**
 * A sign-in as the journal keeps it, so that the next start goes on without a password. It is forgotten, together with
 * its key, when the user signs out.
 */
const KeptSession = z.object({
  identity: Identity,
  sessionToken: z.string(),
  sessionId: z.string(),
  sealKey: z.string(),
  expiresAt: z.number(),
  site: Site,
  expired: z.boolean(),
})
type KeptSession = z.infer<typeof KeptSession>

export interface SessionOptions {
  readonly center: Center
  readonly ownServer: OwnServer
  readonly serverUrl: string
  readonly clock: Pick<Clock, 'now' | 'elapsed'>
  readonly deviceId: DeviceId
  readonly deviceLabel: string
  readonly appVersion: string
  readonly secretStore: 'keychain' | 'file'
  /** The facts that the journal remembers from earlier starts. */
  readonly remembered: Readonly<Record<string, string>>
  readonly remember: (facts: Readonly<Record<string, string | null>>) => Promise<unknown>
  /** Removes the sign-in and its key from the disk, for good. */
  readonly forgetSignIn: () => Promise<unknown>
  readonly onChanged: () => void
}

export interface SessionService {
  shown(): ShownSession
  identity(): Identity | null
  /**
   * The user whose text is saved here: the signed-in user, or the one who just signed out, whose last words may still
   * be on their way.
   */
  author(): UserId | null
  place(): Place
  sessionToken(): string | null
  /** The key that seals what the user does now, also after the sign-in has run out; null when nobody is signed in. */
  sealing(): SealingKey | null
  handshake(): z.infer<typeof Handshake> | null
  signIn(login: string, password: string): Promise<Result<null>>
  /** The server says who the user is now: their scopes may have changed. */
  confirm(identity: Identity | null): Promise<void>
  /** The server no longer accepts the session. Nothing is cleared: work goes on, and sending waits. */
  expire(): Promise<void>
  signOut(): Promise<void>
  /** How many milliseconds the server's clock is ahead of this machine's. */
  clockOffsetMs(): number
  noteServerTime(serverTime: number): void
  /**
   * The server's time, as far as it is known here. What people do gets this time, because this machine's clock may be
   * years off.
   */
  siteNow(): number
}

/** Keeps who is signed in on this workstation. */
export function createSession(options: SessionOptions): SessionService {
  const { remembered, remember, clock } = options
  let session: KeptSession | null = readRemembered(remembered['session'], KeptSession)
  let site = session?.site ?? readRemembered(remembered['site'], Site)
  let lastUserId = session?.identity.userId ?? null
  let deviceToken = remembered['deviceToken'] ?? null
  const offsetBefore = Number(remembered['clockOffsetMs'] ?? 0) || 0
  /** The server's last time, with the steady clock's value at that moment: nobody can set that clock. */
  let said: { readonly serverTime: number; readonly elapsed: number } | null = null
  const clockOffsetMs = () => (said ? said.serverTime + clock.elapsed() - said.elapsed - clock.now() : offsetBefore)
  const noteServerTime = (serverTime: number) => {
    said = { serverTime, elapsed: clock.elapsed() }
  }

  async function keep(next: KeptSession): Promise<void> {
    session = next
    lastUserId = next.identity.userId
    await remember({ session: JSON.stringify(next) })
    options.onChanged()
  }

  return {
    shown: () => ({
      identity: session?.identity ?? null,
      expired: session?.expired ?? false,
      site,
      secretStore: options.secretStore,
      appVersion: options.appVersion,
    }),
    identity: () => session?.identity ?? null,
    author: () => lastUserId,
    place: () => ({
      timeZone: site?.timeZone ?? 'UTC',
      currency: site?.currency ?? 'XXX',
      country: site?.country ?? null,
    }),
    sessionToken: () => (session && !session.expired ? session.sessionToken : null),
    sealing: () => session && { sessionId: session.sessionId, sealKey: session.sealKey },
    handshake: () => {
      if (!deviceToken) return null
      return {
        deviceId: options.deviceId,
        deviceToken,
        sessionToken: session && !session.expired ? session.sessionToken : null,
        protocolVersion: PROTOCOL_VERSION,
        cacheSchema: CACHE_SCHEMA,
      }
    },
    signIn: async (login, password) => {
      const refusal = await options.ownServer.check()
      if (refusal) return { ok: false, error: refusal }
      const reply = await options.center.signIn({
        login,
        password,
        device: { deviceId: options.deviceId, deviceToken, label: options.deviceLabel },
        protocolVersion: PROTOCOL_VERSION,
      })
      if (!reply.ok) return reply
      if (!(await options.ownServer.isOurs(reply.value.serverId)))
        return refuse('OTHER_SERVER', { address: options.serverUrl })
      const { identity, sessionToken, sessionId, sealKey, expiresAt, serverTime } = reply.value
      deviceToken = reply.value.deviceToken
      site = reply.value.site
      noteServerTime(serverTime)
      // The key of the earlier sign-in is not kept anywhere.
      if (session) await options.forgetSignIn()
      await remember({ deviceToken, site: JSON.stringify(site), clockOffsetMs: String(clockOffsetMs()) })
      await keep({ identity, sessionToken, sessionId, sealKey, expiresAt, site, expired: false })
      return ok(null)
    },
    confirm: async (identity) => {
      if (!session || !identity || identity.userId !== session.identity.userId) return
      await keep({ ...session, identity, expired: false })
    },
    expire: async () => {
      if (session && !session.expired) await keep({ ...session, expired: true })
    },
    signOut: async () => {
      const token = session?.sessionToken
      session = null
      await options.forgetSignIn()
      options.onChanged()
      if (token && (await options.ownServer.check()) === null) await options.center.signOut(token)
    },
    clockOffsetMs,
    noteServerTime,
    siteNow: () => Math.max(0, Math.round(clock.now() + clockOffsetMs())),
  }
}

/** The refusal for an action that needs a signed-in user. */
export const notSignedIn = (): { ok: false; error: Refusal } => refuse('NOT_SIGNED_IN')

import { z } from 'zod'
import { AgentCall, AgentState, AgentStateName, CallControl, NotReadyReason } from './calls.ts'
import { entityNames, type EntityName } from './entities.ts'
import { ErrorCode, Refusal, resultOf } from './errors.ts'
import { Role } from './entities/user.ts'
import { CallId, ClockInstant, CustomerId, DeviceId, E164, Id, Scope, ShortText, UserId } from './scalars.ts'

const EntityName = z.enum(entityNames as [EntityName, ...EntityName[]])

/**
 * One change of one row. `seq` is its place in the log of this epoch. `row` is the whole row (checked against its
 * entity's schema by who applies it) or null for a tombstone.
 */
export const Change = z.strictObject({
  seq: z.int().min(1),
  entity: EntityName,
  id: Id,
  version: z.int().min(1),
  scope: Scope,
  row: z.record(z.string(), z.unknown()).nullable(),
})
export type Change = z.infer<typeof Change>

/**
 * A stretch of the log: it covers `(after, upTo]`; a change outside the reader's scopes is left out but counted by
 * `upTo`, so the cursor may always move to `upTo`. `head` is the newest number of the log when it was read.
 */
export const FeedPage = z.strictObject({
  epoch: z.string().min(1).max(64),
  after: z.int().min(0),
  upTo: z.int().min(0),
  head: z.int().min(0),
  changes: z.array(Change).max(5000),
})
export type FeedPage = z.infer<typeof FeedPage>

/**
 * A page of many changes, on its way: they are JSON, deflated (RFC 1951, raw) and written as base64, so that a page is one
 * frame, made once for all who read it. Only who writes the cache unpacks it, and holds it against `Change` then: what
 * stands between pays for its length alone.
 */
export const PackedPage = FeedPage.omit({ changes: true }).extend({ packed: z.string() })
export type PackedPage = z.infer<typeof PackedPage>

/** A page as it is sent: packed where it holds many changes. */
export const SentPage = z.union([FeedPage, PackedPage])
export type SentPage = z.infer<typeof SentPage>

/**
 * Proves in which sign-in a command was made: HMAC-SHA-256 (hex), under that session's key, over `sealedText`. Not over
 * `seq`, which changes when a journal is numbered anew.
 */
export const CommandSeal = z.strictObject({ sessionId: Id, mac: z.string().regex(/^[0-9a-f]{64}$/) })
export type CommandSeal = z.infer<typeof CommandSeal>

/** A command on its way. `seq` counts this journal's commands without gaps; `incarnation` names the journal file. */
export const CommandEnvelope = z.strictObject({
  seq: z.int().min(1),
  commandId: Id,
  name: z.string().min(1).max(60),
  version: z.int().min(1),
  args: z.unknown(),
  userId: UserId,
  /** When it was done, on the device's clock corrected by the server's offset last seen. */
  at: ClockInstant,
  /** SHA-256 (hex) over canonical JSON of [seq, commandId, name, version, args, userId, at]. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Null: made without one (a journal of before there were seals). The server parks it for a person. */
  seal: CommandSeal.nullable(),
})
export type CommandEnvelope = z.infer<typeof CommandEnvelope>

export const MAX_BATCH_BYTES = 256 * 1024

export const CommandBatch = z.strictObject({
  incarnation: Id,
  commands: z.array(CommandEnvelope).min(1).max(200),
})
export type CommandBatch = z.infer<typeof CommandBatch>

/** The versions a command gave to rows: when the cache holds them all, the command is settled. */
export const RowVersion = z.strictObject({ entity: EntityName, id: Id, version: z.int().min(1) })

/** What became of a command, for good. `retryLater` is the only one that is asked again. */
export const CommandOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('applied'), versions: z.array(RowVersion) }),
  /** Done, but not to the letter (a clock was off, a price list had changed): `remark` says what. */
  z.strictObject({ kind: z.literal('altered'), versions: z.array(RowVersion), remark: Refusal }),
  z.strictObject({ kind: z.literal('refused'), error: Refusal }),
  /** Kept on the server with its text, for a person to decide. */
  z.strictObject({ kind: z.literal('parked'), error: Refusal }),
  z.strictObject({ kind: z.literal('retryLater'), error: Refusal, afterMs: z.int().min(0) }),
])
export type CommandOutcome = z.infer<typeof CommandOutcome>

/** The reply to a batch. `expected` is the next `seq` the server wants: higher than sent means known already, lower means resend from there. */
export const CommandReply = z.strictObject({
  outcomes: z.array(z.strictObject({ seq: z.int().min(1), outcome: CommandOutcome })),
  expected: z.int().min(1),
})
export type CommandReply = z.infer<typeof CommandReply>

/** Who is signed in, as the server sees it. */
export const Identity = z.strictObject({
  userId: UserId,
  login: z.string().max(64),
  displayName: z.string().max(300),
  role: Role,
  team: z.string().max(40),
  extension: z.string().max(16).nullable(),
  scopes: z.array(Scope).max(200),
})
export type Identity = z.infer<typeof Identity>

/** `GET /api/server`: which server this is, for whoever asks before it sends a token. */
export const ServerReply = resultOf(z.strictObject({ serverId: Id }))

/** `POST /api/sign-in`. A device without `deviceToken` is registered by its first sign-in. */
export const SignInRequest = z.strictObject({
  login: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
  device: z.strictObject({ deviceId: DeviceId, deviceToken: z.string().max(128).nullable(), label: z.string().max(100) }),
  protocolVersion: z.int(),
})
export const SignInReply = resultOf(z.strictObject({
  serverId: Id,
  identity: Identity,
  sessionToken: z.string().max(128),
  /** Names this sign-in in what is sealed with its key. */
  sessionId: Id,
  /** 256 random bits in base64url: what is done while this sign-in lasts is sealed with it (`CommandSeal`). */
  sealKey: z.string().regex(/^[\w-]{43}$/),
  expiresAt: ClockInstant,
  deviceToken: z.string().max(128),
  serverTime: ClockInstant,
  site: z.strictObject({ name: z.string().max(100), timeZone: z.string().max(60), currency: z.string().length(3), country: z.string().length(2) }),
}))

/** `auth` of the Socket.IO handshake. The device may upload its journal even when the session has expired (`sessionToken` null). */
export const Handshake = z.strictObject({
  deviceId: DeviceId,
  deviceToken: z.string().max(128),
  sessionToken: z.string().max(128).nullable(),
  protocolVersion: z.int(),
  cacheSchema: z.int(),
})

/**
 * First message on a socket from the server. `nextCommand` is the `seq` it wants next from `incarnation`s it knows (empty:
 * none), and the hash of the one before, where it was taken under this name: another than the journal's own tells that a
 * copy of it has sent something else.
 */
export const Welcome = z.strictObject({
  serverTime: ClockInstant,
  /** Which server this is, whatever its address: a journal goes to no other. */
  serverId: Id,
  epoch: z.string().min(1).max(64),
  head: z.int().min(0),
  /** The lowest cursor that can still be followed; below it a fresh snapshot is due. */
  floor: z.int().min(0),
  identity: Identity.nullable(),
  nextCommand: z.array(z.strictObject({ incarnation: Id, seq: z.int().min(1), lastHash: z.string().nullable() })).max(50),
})
export type Welcome = z.infer<typeof Welcome>

/** `GET /api/snapshot`: the newest ready file for the caller's scopes; its bytes at `GET /api/snapshot/<id>` (ranges work). */
export const SnapshotManifest = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
  epoch: z.string().min(1).max(64),
  seq: z.int().min(0),
  cacheSchema: z.int(),
  scopes: z.array(Scope),
  bytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** 256-bit key in hex, the same for everybody of these scopes: a workstation encrypts the file anew before it is its cache. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  builtAt: ClockInstant,
})
export type SnapshotManifest = z.infer<typeof SnapshotManifest>

/**
 * `GET /api/agents`: what every colleague who has ever been signed in is at, as the center knows it. For who looks for somebody
 * to give a call to.
 */
export const AgentStatesReply = resultOf(z.array(AgentState).max(10_000))

/** A row's place in a listing that goes by entity and id. */
const ListPlace = z.strictObject({ entity: EntityName, id: Id })
export type ListPlace = z.infer<typeof ListPlace>

/** A question for customers that the cache does not hold, by normalised keys only. Answered from the record within the asker's scopes. */
export const LookupRequest = z.strictObject({
  callId: CallId.nullable(),
  e164: E164.nullable(),
  nationalKey: z.string().max(40).nullable(),
})
/** `rows` are whole rows of everything in the record of each customer found, to be read like a feed page without a cursor. */
export const LookupReply = z.strictObject({
  customerIds: z.array(CustomerId).max(20),
  changes: z.array(Change.omit({ seq: true })).max(5000),
})
export type LookupReply = z.infer<typeof LookupReply>

/**
 * What a partial cache leaves at the center of one buyer: the rows of a customer, of their organisation or its people, that
 * are older than `before`. `after` goes on where an earlier answer ended.
 */
export const HistoryRequest = z.strictObject({ customerId: CustomerId, before: ClockInstant, after: ListPlace.nullable() })
/** `customerIds`: whose older rows these are. `next` null: that is all. */
export const HistoryReply = z.strictObject({
  customerIds: z.array(CustomerId).max(200),
  changes: z.array(Change.omit({ seq: true })).max(5000),
  next: ListPlace.nullable(),
})

/** Rows of the asker's team and of their own: no snapshot holds them, because those are made for many. Pages go on after `after`. */
export const OwnRowsRequest = z.strictObject({ after: ListPlace.nullable() })
export const OwnRowsReply = z.strictObject({ changes: z.array(Change.omit({ seq: true })).max(5000), next: ListPlace.nullable() })

/**
 * A customer that was erased, as a workstation is told: ids only. `number` counts the erasures of this epoch. `seq` is the
 * place of the customer's tombstone in the log: a cache that has passed it gets nothing of them any more. `rowIds` are the
 * rows of theirs that a command could name.
 */
export const Erased = z.strictObject({
  number: z.int().min(1),
  erasureId: Id,
  customerId: CustomerId,
  erasedAt: ClockInstant,
  seq: z.int().min(0),
  rowIds: z.array(Id).max(100_000),
})
export type Erased = z.infer<typeof Erased>

/** What a workstation says of itself, once after the welcome and then every minute. No person and no customer is in it. */
export const DeviceReport = z.strictObject({
  appVersion: z.string().max(40),
  protocolVersion: z.int().min(0).max(1_000_000),
  cacheSchema: z.int().min(0).max(1_000_000),
  /** Its place in the log, and how many changes it knows of and has not applied. */
  cursor: z.int().min(0),
  behind: z.int().min(0),
  /** Commands of everybody at it that have not gone out, and those that were refused or parked and nobody has dealt with there. */
  unsent: z.int().min(0).max(2_000_000_000),
  needsAttention: z.int().min(0).max(2_000_000_000),
  /** A full disk, a damaged journal. */
  alarm: ErrorCode.nullable(),
  /** Where its files lie; null: this machine does not say. */
  freeDiskBytes: z.int().min(0).nullable(),
})
export type DeviceReport = z.infer<typeof DeviceReport>

/** Requests from a workstation, each answered once by an acknowledgement that holds a `Result`. */
export const requests = {
  commands: { args: CommandBatch, reply: resultOf(CommandReply) },
  pull: { args: z.strictObject({ epoch: z.string().max(64), after: z.int().min(0), limit: z.int().min(1).max(5000) }), reply: resultOf(SentPage) },
  lookup: { args: LookupRequest, reply: resultOf(LookupReply) },
  history: { args: HistoryRequest, reply: resultOf(HistoryReply) },
  ownRows: { args: OwnRowsRequest, reply: resultOf(OwnRowsReply) },
  callControl: { args: CallControl, reply: resultOf(z.null()) },
  setAgentState: { args: z.strictObject({ state: AgentStateName, reason: NotReadyReason.nullable() }), reply: resultOf(AgentState) },
  /** The workstation wrapped this call up: the server ends WORK and clears the call. */
  wrapUpDone: { args: z.strictObject({ callId: CallId }), reply: resultOf(z.null()) },
  /** Erases a customer for good; only for who runs the floor, and never from a journal. */
  eraseCustomer: { args: z.strictObject({ customerId: CustomerId, reason: ShortText.trim().min(1) }), reply: resultOf(z.strictObject({ erasureId: Id })) },
  /** The erasures after `after` that this device may hold something of, the oldest first; from any registered device. */
  erasures: { args: z.strictObject({ epoch: z.string().max(64), after: z.int().min(0) }), reply: resultOf(z.array(Erased).max(20)) },
  /** Nothing of these customers is on this device any more; `setAside` damaged journals lie there that no program may touch. */
  erasureDone: { args: z.strictObject({ erasureIds: z.array(Id).min(1).max(20), setAside: z.int().min(0) }), reply: resultOf(z.null()) },
  report: { args: DeviceReport, reply: resultOf(z.null()) },
} as const
export type RequestName = keyof typeof requests

/** Messages from the server, unasked. */
export const pushes = {
  welcome: Welcome,
  feed: SentPage,
  call: AgentCall,
  agentState: AgentState,
  /** A customer was erased: ask for the erasures. */
  erased: z.strictObject({}),
  /** The session ended elsewhere or expired; the socket stays for the journal. */
  signedOut: z.strictObject({ reason: Refusal }),
} as const
export type PushName = keyof typeof pushes

import { z } from 'zod'
import { AgentCall, AgentState, AgentStateName, CallControl, NotReadyReason } from './calls.ts'
import { entityNames, type EntityName } from './entities.ts'
import { ErrorCode, Refusal, resultOf } from './errors.ts'
import { Role } from './entities/user.ts'
import { CallId, ClockInstant, CustomerId, DeviceId, E164, Id, Scope, ShortText, UserId } from './scalars.ts'

const EntityName = z.enum(entityNames as [EntityName, ...EntityName[]])

/**
 * One change of one row. `seq` is its place in the feed of this epoch. `row` is the whole row, or null for a tombstone;
 * the reader that applies the change checks the row against its entity's schema.
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
 * A part of the feed: it covers `(after, upTo]`. A change outside the reader's scopes is left out, but `upTo` counts
 * it, so the reader may always move its cursor to `upTo`. `head` was the newest number of the feed when the page was
 * read.
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
 * A page of many changes, as it is sent: the changes are JSON, deflated (RFC 1951, raw) and written as base64. The
 * server makes such a page once, as one frame, for all readers. Only the code that writes the cache unpacks it and
 * checks it against `Change`; everything in between handles it as one string.
 */
export const PackedPage = FeedPage.omit({ changes: true }).extend({ packed: z.string() })
export type PackedPage = z.infer<typeof PackedPage>

/** A page as it is sent: packed if it holds many changes. */
export const SentPage = z.union([FeedPage, PackedPage])
export type SentPage = z.infer<typeof SentPage>

/**
 * Proves in which sign-in a command was made: the HMAC-SHA-256 (hex) of `sealedText`, under that session's key. It does
 * not cover `seq`, which changes when a journal is renumbered.
 */
export const CommandSeal = z.strictObject({ sessionId: Id, mac: z.string().regex(/^[0-9a-f]{64}$/) })
export type CommandSeal = z.infer<typeof CommandSeal>

/**
 * A command on its way to the server. `seq` counts the commands of this journal without gaps; `incarnation` names the
 * journal file.
 */
export const CommandEnvelope = z.strictObject({
  seq: z.int().min(1),
  commandId: Id,
  name: z.string().min(1).max(60),
  version: z.int().min(1),
  args: z.unknown(),
  userId: UserId,
  /**
   * When the user entered the command: the device's clock, corrected by the offset from the server's clock that was
   * last measured.
   */
  at: ClockInstant,
  /** SHA-256 (hex) over canonical JSON of [seq, commandId, name, version, args, userId, at]. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Null: the command was made before commands were sealed. The server parks it for a person to decide. */
  seal: CommandSeal.nullable(),
})
export type CommandEnvelope = z.infer<typeof CommandEnvelope>

export const MAX_BATCH_BYTES = 256 * 1024

export const CommandBatch = z.strictObject({
  incarnation: Id,
  commands: z.array(CommandEnvelope).min(1).max(200),
})
export type CommandBatch = z.infer<typeof CommandBatch>

/** The version that a command gave to a row. When the cache holds all of them, the command is settled. */
export const RowVersion = z.strictObject({ entity: EntityName, id: Id, version: z.int().min(1) })

/** What became of a command, for good. Only after `retryLater` does the workstation send it again. */
export const CommandOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('applied'), versions: z.array(RowVersion) }),
  /**
   * The command was done, but not exactly as it was sent (a clock was off, a price list had changed); `remark` says
   * what is different.
   */
  z.strictObject({ kind: z.literal('altered'), versions: z.array(RowVersion), remark: Refusal }),
  z.strictObject({ kind: z.literal('refused'), error: Refusal }),
  /** The server keeps the command with its text, for a person to decide. */
  z.strictObject({ kind: z.literal('parked'), error: Refusal }),
  z.strictObject({ kind: z.literal('retryLater'), error: Refusal, afterMs: z.int().min(0) }),
])
export type CommandOutcome = z.infer<typeof CommandOutcome>

/**
 * The reply to a batch. `expected` is the next `seq` that the server wants. If it is higher than what was sent, the
 * server already has those commands; if it is lower, the workstation has to send again from there.
 */
export const CommandReply = z.strictObject({
  outcomes: z.array(z.strictObject({ seq: z.int().min(1), outcome: CommandOutcome })),
  expected: z.int().min(1),
})
export type CommandReply = z.infer<typeof CommandReply>

/** The signed-in user, as the server knows them. */
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

/** `GET /api/server`: which server this is, for a workstation that asks before it sends a token. */
export const ServerReply = resultOf(z.strictObject({ serverId: Id }))

/** `POST /api/sign-in`. The first sign-in of a device, without a `deviceToken`, registers the device. */
export const SignInRequest = z.strictObject({
  login: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
  device: z.strictObject({
    deviceId: DeviceId,
    deviceToken: z.string().max(128).nullable(),
    label: z.string().max(100),
  }),
  protocolVersion: z.int(),
})
export const SignInReply = resultOf(
  z.strictObject({
    serverId: Id,
    identity: Identity,
    sessionToken: z.string().max(128),
    /** Names this sign-in in the seals that are made with its key. */
    sessionId: Id,
    /** 256 random bits in base64url. Every command of this sign-in is sealed with this key (`CommandSeal`). */
    sealKey: z.string().regex(/^[\w-]{43}$/),
    expiresAt: ClockInstant,
    deviceToken: z.string().max(128),
    serverTime: ClockInstant,
    site: z.strictObject({
      name: z.string().max(100),
      timeZone: z.string().max(60),
      currency: z.string().length(3),
      country: z.string().length(2),
    }),
  }),
)

/**
 * `auth` of the Socket.IO handshake. The device may upload its journal even when the session has expired
 * (`sessionToken` null).
 */
export const Handshake = z.strictObject({
  deviceId: DeviceId,
  deviceToken: z.string().max(128),
  sessionToken: z.string().max(128).nullable(),
  protocolVersion: z.int(),
  cacheSchema: z.int(),
})

/**
 * The first message from the server on a socket. `nextCommand` is the `seq` that the server wants next from each
 * `incarnation` that it knows (empty: it knows none), with the hash of the command before it, where the server took
 * that command under this name. If that hash is not the journal's own, then a copy of the journal has sent something
 * else.
 */
export const Welcome = z.strictObject({
  serverTime: ClockInstant,
  /** Which server this is, whatever its address. A workstation sends its journal to no other server. */
  serverId: Id,
  epoch: z.string().min(1).max(64),
  head: z.int().min(0),
  /** The lowest cursor that can still follow the feed; a workstation below it needs a fresh snapshot. */
  floor: z.int().min(0),
  identity: Identity.nullable(),
  nextCommand: z
    .array(z.strictObject({ incarnation: Id, seq: z.int().min(1), lastHash: z.string().nullable() }))
    .max(50),
})
export type Welcome = z.infer<typeof Welcome>

/**
 * `GET /api/snapshot`: the newest ready file for the caller's scopes. Its bytes are at `GET /api/snapshot/<id>`, which
 * supports ranges.
 */
export const SnapshotManifest = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
  epoch: z.string().min(1).max(64),
  seq: z.int().min(0),
  cacheSchema: z.int(),
  scopes: z.array(Scope),
  bytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /**
   * A 256-bit key in hex, the same for everyone with these scopes. A workstation encrypts the file with another key
   * before it uses the file as its cache.
   */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  builtAt: ClockInstant,
})
export type SnapshotManifest = z.infer<typeof SnapshotManifest>

/**
 * `GET /api/agents`: the state of every colleague who has ever signed in, as the server knows it. An agent needs this
 * to choose a colleague for a transfer.
 */
export const AgentStatesReply = resultOf(z.array(AgentState).max(10_000))

/** A row's place in a listing that is ordered by entity and id. */
const ListPlace = z.strictObject({ entity: EntityName, id: Id })
export type ListPlace = z.infer<typeof ListPlace>

/**
 * Asks for customers that the cache does not hold, by normalised keys only. The server answers from the record, within
 * the scopes of the user who asks.
 */
export const LookupRequest = z.strictObject({
  callId: CallId.nullable(),
  e164: E164.nullable(),
  nationalKey: z.string().max(40).nullable(),
})
/**
 * `changes` are whole rows of everything in the record of each customer that was found. The workstation applies them
 * like a page of the feed, but without a cursor.
 */
export const LookupReply = z.strictObject({
  customerIds: z.array(CustomerId).max(20),
  changes: z.array(Change.omit({ seq: true })).max(5000),
})
export type LookupReply = z.infer<typeof LookupReply>

/**
 * Asks for the history of one buyer that a partial cache does not hold: the rows of a customer, of their organisation
 * or of its people that are older than `before`. `after` continues where an earlier reply ended.
 */
export const HistoryRequest = z.strictObject({
  customerId: CustomerId,
  before: ClockInstant,
  after: ListPlace.nullable(),
})
/** `customerIds` are the customers to whom these older rows belong. `next` null: there are no more. */
export const HistoryReply = z.strictObject({
  customerIds: z.array(CustomerId).max(200),
  changes: z.array(Change.omit({ seq: true })).max(5000),
  next: ListPlace.nullable(),
})

/**
 * Rows that belong to the user's team or to the user alone. No snapshot holds them, because a snapshot is made for many
 * users. `after` fetches the next page.
 */
export const OwnRowsRequest = z.strictObject({ after: ListPlace.nullable() })
export const OwnRowsReply = z.strictObject({
  changes: z.array(Change.omit({ seq: true })).max(5000),
  next: ListPlace.nullable(),
})

/**
 * A customer who was erased, as the server tells a workstation: ids only. `number` counts the erasures of this epoch.
 * `seq` is the place of the customer's tombstone in the feed: a cache whose cursor has passed it gets no more rows of
 * this customer. `rowIds` are the customer's rows that a command could name.
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

/**
 * What a workstation reports about itself, once after the welcome and then every minute. It names no person and no
 * customer.
 */
export const DeviceReport = z.strictObject({
  appVersion: z.string().max(40),
  protocolVersion: z.int().min(0).max(1_000_000),
  cacheSchema: z.int().min(0).max(1_000_000),
  /** The workstation's cursor, and how many changes it knows of and has not applied yet. */
  cursor: z.int().min(0),
  behind: z.int().min(0),
  /**
   * The commands of all users of this workstation that were not sent yet, and the refused or parked ones that nobody
   * has dealt with.
   */
  unsent: z.int().min(0).max(2_000_000_000),
  needsAttention: z.int().min(0).max(2_000_000_000),
  /** An alarm of the workstation: its disk is full, or its journal is damaged. */
  alarm: ErrorCode.nullable(),
  /** The free space on the disk that holds the workstation's files; null: this machine does not report it. */
  freeDiskBytes: z.int().min(0).nullable(),
})
export type DeviceReport = z.infer<typeof DeviceReport>

/** Requests from a workstation. The server answers each once, by an acknowledgement that holds a `Result`. */
export const requests = {
  commands: { args: CommandBatch, reply: resultOf(CommandReply) },
  pull: {
    args: z.strictObject({ epoch: z.string().max(64), after: z.int().min(0), limit: z.int().min(1).max(5000) }),
    reply: resultOf(SentPage),
  },
  lookup: { args: LookupRequest, reply: resultOf(LookupReply) },
  history: { args: HistoryRequest, reply: resultOf(HistoryReply) },
  ownRows: { args: OwnRowsRequest, reply: resultOf(OwnRowsReply) },
  callControl: { args: CallControl, reply: resultOf(z.null()) },
  setAgentState: {
    args: z.strictObject({ state: AgentStateName, reason: NotReadyReason.nullable() }),
    reply: resultOf(AgentState),
  },
  /** The workstation has wrapped up this call: the server ends the state WORK and clears the call. */
  wrapUpDone: { args: z.strictObject({ callId: CallId }), reply: resultOf(z.null()) },
  /** Erases a customer for good. Only supervisors and managers may ask for it, and it never comes from a journal. */
  eraseCustomer: {
    args: z.strictObject({ customerId: CustomerId, reason: ShortText.trim().min(1) }),
    reply: resultOf(z.strictObject({ erasureId: Id })),
  },
  /**
   * The erasures after `after` whose customers this device may hold something of, the oldest first. Any registered
   * device may ask.
   */
  erasures: {
    args: z.strictObject({ epoch: z.string().max(64), after: z.int().min(0) }),
    reply: resultOf(z.array(Erased).max(20)),
  },
  /**
   * The device holds nothing of these customers any more. `setAside` counts the damaged journals that lie there, which
   * no program may touch.
   */
  erasureDone: {
    args: z.strictObject({ erasureIds: z.array(Id).min(1).max(20), setAside: z.int().min(0) }),
    reply: resultOf(z.null()),
  },
  report: { args: DeviceReport, reply: resultOf(z.null()) },
} as const
export type RequestName = keyof typeof requests

/** Messages that the server sends without a request. */
export const pushes = {
  welcome: Welcome,
  feed: SentPage,
  call: AgentCall,
  agentState: AgentState,
  /** A customer was erased: the workstation has to ask for the erasures. */
  erased: z.strictObject({}),
  /** The session was ended elsewhere or has expired. The socket stays open, so that the journal can be sent. */
  signedOut: z.strictObject({ reason: Refusal }),
} as const
export type PushName = keyof typeof pushes

import { z } from 'zod'
import type { CommandInput, CommandName } from './commands.ts'
import { Refusal, type Result } from './errors.ts'
import { Id } from './scalars.ts'
import type {
  ActionArgs,
  ActionName,
  ActionResult,
  EventName,
  EventPayload,
  QueryArgs,
  QueryName,
  QueryResult,
} from './workstation.ts'

/**
 * The three verbs (`watch`, `act`, `run`) and the events between the screens and the core. They are the same over
 * Electron's preload and over the browser host's loopback socket. Nothing else crosses.
 */
export interface WorkstationBridge {
  /**
   * Starts a live query. `listener` gets the first result and every later one; where a query fails, it gets a refusal
   * and the watch goes on. Returns a function that stops the watch.
   */
  watch<Q extends QueryName>(
    query: Q,
    args: QueryArgs<Q>,
    listener: (result: Result<QueryResult<Q>>) => void,
  ): () => void
  /** An action on this workstation or on the server. */
  act<A extends ActionName>(action: A, args: ActionArgs<A>): Promise<Result<ActionResult<A>>>
  /**
   * A command that changes the record: it is journalled, shown at once, and sent when the server can be reached. `ok`
   * means that it is on disk.
   */
  run<C extends CommandName>(command: C, args: CommandInput<C>): Promise<Result<{ commandId: string }>>
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void
}

/** The reply to `run`: the command is on disk under this id. */
export const Journalled = z.strictObject({ commandId: Id })

/** 256 bits in base64url. A pass, a nonce and a proof all have this form. */
const Word = z.string().regex(/^[\w-]{43}$/)

/**
 * How a window enters the browser host. A pass is the token of the printed address, the code of the opened address, or
 * the secret that an earlier entry was given. It never crosses the socket: each side proves to the other that it knows
 * the pass, and the host proves it first. So another program on the host's port learns nothing that opens the real
 * host.
 */
export const BridgeHello = z.strictObject({ verb: z.literal('hello'), passId: Word, nonce: Word })
export type BridgeHello = z.infer<typeof BridgeHello>

export const BridgeProof = z.strictObject({ kind: z.literal('proof'), nonce: Word, mac: Word })
export type BridgeProof = z.infer<typeof BridgeProof>

export const BridgeEntry = z.strictObject({ verb: z.literal('enter'), mac: Word })
export type BridgeEntry = z.infer<typeof BridgeEntry>

/**
 * The window was let in. `secret` is the next pass of this browser; the earlier pass stays valid until the window
 * confirms that it keeps the new one.
 */
export const BridgeEntered = z.strictObject({ kind: z.literal('entered'), secret: Word })
export type BridgeEntered = z.infer<typeof BridgeEntered>

export const BridgeKept = z.strictObject({ verb: z.literal('kept') })
export type BridgeKept = z.infer<typeof BridgeKept>

/** The SHA-256 of this text, in base64url, names a pass without revealing it. */
export const passIdText = (pass: string): string => `ringside pass ${pass}`

/**
 * The HMAC-SHA-256 of this text, keyed with the pass and written in base64url, proves that one side knows the pass. The
 * text contains the port: otherwise a program on another port could pass the question on to the real host and hand back
 * the host's answer.
 */
export const proofText = (
  by: 'host' | 'window',
  { port, windowNonce, hostNonce }: { readonly port: number; readonly windowNonce: string; readonly hostNonce: string },
): string => `ringside ${by} ${port} ${windowNonce} ${hostNonce}`

/**
 * Why the host closes a socket before anyone has entered. Only after `wrongPass` is it useless to try the same pass
 * again.
 */
export const bridgeClosed = { wrongPass: 4401, saidNothing: 4408, tooManyWait: 1013 } as const

/**
 * Frames of the browser host's socket after the entry. `id` is the screen's own counter; `watch` ids live until
 * `unwatch`.
 */
export const BridgeRequest = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('watch'), id: z.int().min(1), name: z.string().max(60), args: z.unknown() }),
  z.strictObject({ verb: z.literal('unwatch'), id: z.int().min(1) }),
  z.strictObject({ verb: z.literal('act'), id: z.int().min(1), name: z.string().max(60), args: z.unknown() }),
  z.strictObject({ verb: z.literal('run'), id: z.int().min(1), name: z.string().max(60), args: z.unknown() }),
])
export type BridgeRequest = z.infer<typeof BridgeRequest>

/**
 * A `result` answers `act` and `run` once, and `watch` each time its result changes. The host sends an `event` without
 * a request.
 */
export const BridgeMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('result'),
    id: z.int().min(1),
    result: z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), value: z.unknown() }),
      z.strictObject({ ok: z.literal(false), error: Refusal }),
    ]),
  }),
  z.strictObject({ kind: z.literal('event'), name: z.string().max(60), payload: z.unknown() }),
])
export type BridgeMessage = z.infer<typeof BridgeMessage>

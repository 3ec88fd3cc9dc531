import { z } from 'zod'
import type { CommandInput, CommandName } from './commands.ts'
import { Refusal, type Result } from './errors.ts'
import { Id } from './scalars.ts'
import type { ActionArgs, ActionName, ActionResult, EventName, EventPayload, QueryArgs, QueryName, QueryResult } from './workstation.ts'

/**
 * The three verbs between screens and core, the same over Electron's preload and over the browser host's loopback
 * socket. Nothing else crosses.
 */
export interface WorkstationBridge {
  /** Live query: `listener` gets the first result and every later one; a failed one is a refusal and the watch goes on. Returns how to stop. */
  watch<Q extends QueryName>(query: Q, args: QueryArgs<Q>, listener: (result: Result<QueryResult<Q>>) => void): () => void
  /** An action of this desk or at the center. */
  act<A extends ActionName>(action: A, args: ActionArgs<A>): Promise<Result<ActionResult<A>>>
  /** A command of the record: journalled, seen at once, sent when it can be. `ok` means it is on disk. */
  run<C extends CommandName>(command: C, args: CommandInput<C>): Promise<Result<{ commandId: string }>>
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void
}

/** What `run` answers: the command is on disk under this id. */
export const Journalled = z.strictObject({ commandId: Id })

/** 256 bits in base64url: a pass, a nonce, a proof. */
const Word = z.string().regex(/^[\w-]{43}$/)

/**
 * How a window enters the browser host. A pass (the token of the printed address, the code of the opened one, or the secret
 * that an earlier entry was given) never crosses: each side proves to the other that it knows it, the host first, so that
 * another program on the host's port learns nothing that opens the real one.
 */
export const BridgeHello = z.strictObject({ verb: z.literal('hello'), passId: Word, nonce: Word })
export type BridgeHello = z.infer<typeof BridgeHello>

export const BridgeProof = z.strictObject({ kind: z.literal('proof'), nonce: Word, mac: Word })
export type BridgeProof = z.infer<typeof BridgeProof>

export const BridgeEntry = z.strictObject({ verb: z.literal('enter'), mac: Word })
export type BridgeEntry = z.infer<typeof BridgeEntry>

/** Let in. `secret` is this browser's next pass; the one before opens until the window has said that it keeps the new one. */
export const BridgeEntered = z.strictObject({ kind: z.literal('entered'), secret: Word })
export type BridgeEntered = z.infer<typeof BridgeEntered>

export const BridgeKept = z.strictObject({ verb: z.literal('kept') })
export type BridgeKept = z.infer<typeof BridgeKept>

/** SHA-256 of this, in base64url, names a pass and says nothing of it. */
export const passIdText = (pass: string): string => `ringside pass ${pass}`

/**
 * HMAC-SHA-256 of this, under the pass and in base64url, proves that one side knows it. With the port, so that a program on another
 * one cannot hand the question on to the real host and its answer back.
 */
export const proofText = (by: 'host' | 'window', { port, windowNonce, hostNonce }: { readonly port: number; readonly windowNonce: string; readonly hostNonce: string }): string =>
  `ringside ${by} ${port} ${windowNonce} ${hostNonce}`

/** Why the host closes a socket before anybody entered. Only after `wrongPass` is it no use to try again with the same. */
export const bridgeClosed = { wrongPass: 4401, saidNothing: 4408, tooManyWait: 1013 } as const

/** Frames of the browser host's socket after the entry. `id` is the screen's own counter; `watch` ids live until `unwatch`. */
export const BridgeRequest = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('watch'), id: z.int().min(1), name: z.string().max(60), args: z.unknown() }),
  z.strictObject({ verb: z.literal('unwatch'), id: z.int().min(1) }),
  z.strictObject({ verb: z.literal('act'), id: z.int().min(1), name: z.string().max(60), args: z.unknown() }),
  z.strictObject({ verb: z.literal('run'), id: z.int().min(1), name: z.string().max(60), args: z.unknown() }),
])
export type BridgeRequest = z.infer<typeof BridgeRequest>

/** `result` answers `act` and `run` once and `watch` each time it changes; `event` is unasked. */
export const BridgeMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), id: z.int().min(1), result: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: z.unknown() }),
    z.strictObject({ ok: z.literal(false), error: Refusal }),
  ]) }),
  z.strictObject({ kind: z.literal('event'), name: z.string().max(60), payload: z.unknown() }),
])
export type BridgeMessage = z.infer<typeof BridgeMessage>

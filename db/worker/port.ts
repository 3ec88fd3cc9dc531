import type { MessagePort } from 'node:worker_threads'
import { RefusalError, type Refusal } from '../../protocol/errors.ts'

/** The functions that a thread offers, by name. */
export type Calls = Record<string, (...args: never[]) => unknown>

/** The same functions as the caller sees them: each answers with a promise. */
export type Remote<C> = {
  readonly [K in keyof C]: C[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never
}

export interface Asked {
  readonly id: number
  readonly name: string
  readonly args: unknown[]
}
export type Answered =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number
      readonly ok: false
      readonly refusal: Refusal | null
      readonly message: string
      readonly code: string | null
    }

/**
 * Answers calls that come in over a port. They start in the order in which they arrive; other calls run in between only
 * while a call waits for something. Where `make` fails (a file from a newer version), every call is refused with that
 * reason.
 */
export function serve(port: MessagePort, make: () => Calls): void {
  let calls: Calls
  try {
    calls = make()
  } catch (error) {
    calls = new Proxy<Calls>(
      {},
      {
        get: () => () => {
          throw error
        },
      },
    )
  }
  const answer = async ({ id, name, args }: Asked): Promise<Answered> => {
    try {
      const call = calls[name] as ((...given: unknown[]) => unknown) | undefined
      if (!call) throw new Error(`This thread has no call "${name}".`)
      const begun = call(...args)
      return { id, ok: true, value: begun instanceof Promise ? await begun : begun }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : null
      return {
        id,
        ok: false,
        code,
        refusal: error instanceof RefusalError ? error.refusal : null,
        message: error instanceof Error ? error.message : 'failed',
      }
    }
  }
  port.on('message', (asked: Asked) => {
    void answer(asked).then((answered) => {
      port.postMessage(answered)
      if (asked.name !== 'close') return answered
      // The thread ends when no more calls can come; an open file that could not be closed would keep it alive.
      port.close()
      if (!answered.ok) process.exit()
      return answered
    })
  })
}

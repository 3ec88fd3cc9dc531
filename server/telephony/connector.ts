import type { CallControl, CallEvent } from '../../protocol/calls.ts'
import type { Result } from '../../protocol/errors.ts'

/**
 * The interface between the server and one telephone system. A connector reports what happens as `CallEvent`s, in
 * order. A request of an agent is carried out at once or refused. Every connector passes
 * tests/support/connector-contract.ts.
 */
export interface Connector {
  readonly provider: string
  /**
   * Begins to listen. The first event is `provider-up`; then come the calls that are already going on, marked
   * synthetic.
   */
  start(listener: (event: CallEvent) => void): Promise<void>
  /**
   * Ends every connection and timer; no event comes after it. It may be started again later, after another node has had
   * the telephones.
   */
  stop(): Promise<void>
  /**
   * Carries out a request of the agent at this extension. It dials only numbers that `domain/numbers/dial-string.ts`
   * accepts, in the form that it gives.
   */
  control(extension: string, control: CallControl): Promise<Result<null>>
  /**
   * The extensions that may be offered calls of a queue, and those whose agents talk and may be offered a second call.
   * Called whenever this changes. No other extension may be offered a call: an agent on a break may be on a call that
   * they dialled.
   */
  readyChanged(extensions: readonly string[], talking: readonly string[]): void
}

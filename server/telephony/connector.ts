import type { CallControl, CallEvent } from '../../protocol/calls.ts'
import type { Result } from '../../protocol/errors.ts'

/**
 * The port between the center and one telephone system. What rings is told as `CallEvent`s in order; what an agent wants
 * happens at once or is refused. Every connector passes tests/support/connector-contract.ts.
 */
export interface Connector {
  readonly provider: string
  /** Begins to listen. The first event is `provider-up`, then what is going on already, marked synthetic. */
  start(listener: (event: CallEvent) => void): Promise<void>
  /** Ends every connection and timer; no event comes after it. It may be started again: another node had the telephones meanwhile. */
  stop(): Promise<void>
  /** For the agent at this extension. Dials only what `domain/numbers/dial-string.ts` takes, in the form that it gives. */
  control(extension: string, control: CallControl): Promise<Result<null>>
  /**
   * The agents whose extensions may be offered calls of a queue, and those who talk and may be offered one more beside it;
   * called whenever that changes. Nobody else is offered one: an agent in a break may be on a call that they dialled.
   */
  readyChanged(extensions: readonly string[], talking: readonly string[]): void
}

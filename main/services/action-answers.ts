import type { Result } from '../../protocol/errors.ts'
import type { ActionArgs, ActionName, ActionResult } from '../../protocol/workstation.ts'

/** How each action of the contract is answered. */
export type ActionAnswers = { readonly [A in ActionName]: (args: ActionArgs<A>) => Promise<Result<ActionResult<A>>> }

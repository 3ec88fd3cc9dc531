import { refuse, ok } from '../../protocol/errors.ts'
import type { ServerLink } from '../link/server-link.ts'
import type { ActionAnswers } from './action-answers.ts'

/** The server erases at once or not at all: nothing is kept here to be sent later. */
export const eraseAction = ({ link }: { readonly link: ServerLink }) =>
  ({
    'customer.erase': async (order) => {
      const erased = await link.request('eraseCustomer', order)
      if (erased.ok) return ok(null)
      // The user waits in front of the screen and must not think that the erasure will happen later.
      return erased.error.code === 'CENTER_NOT_REACHED' ? refuse('ERASURE_NEEDS_CENTER') : erased
    },
  }) satisfies Partial<ActionAnswers>

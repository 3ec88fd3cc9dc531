import { refuse, ok } from '../../protocol/errors.ts'
import type { ServerLink } from '../link/server-link.ts'
import type { ActionAnswers } from './action-answers.ts'

/** Erasing is done at the center or not at all: nothing of it is kept here to be sent later. */
export const eraseAction = ({ link }: { readonly link: ServerLink }) => ({
  'customer.erase': async (order) => {
    const erased = await link.request('eraseCustomer', order)
    if (erased.ok) return ok(null)
    // The one who asked waits before the screen, and must not think that it happens by itself.
    return erased.error.code === 'CENTER_NOT_REACHED' ? refuse('ERASURE_NEEDS_CENTER') : erased
  },
}) satisfies Partial<ActionAnswers>

import type { CommandName } from '../../protocol/commands.ts'
import { advanceComplaint, logComplaint } from './complaint-commands.ts'
import { addContactPoint, captureCustomer, changeCustomer, pickNumber } from './customer-commands.ts'
import type { CommandDefinition } from './define.ts'
import { reviseInteraction, wrapUp } from './interaction-commands.ts'
import { confirmPreference, setPreference } from './preference-commands.ts'
import { answerQuote, issueQuote } from './quote-commands.ts'
import { addTask, claimTask, finishTask } from './task-commands.ts'

/** The rule of every command of the contract. */
export const commandDefinitions: { readonly [C in CommandName]: CommandDefinition<C> } = {
  'interaction.wrapUp': wrapUp,
  'interaction.revise': reviseInteraction,
  'customer.capture': captureCustomer,
  'customer.change': changeCustomer,
  'contactPoint.add': addContactPoint,
  'number.pick': pickNumber,
  'quote.issue': issueQuote,
  'quote.answer': answerQuote,
  'complaint.log': logComplaint,
  'complaint.advance': advanceComplaint,
  'preference.set': setPreference,
  'preference.confirm': confirmPreference,
  'task.add': addTask,
  'task.claim': claimTask,
  'task.done': finishTask,
}

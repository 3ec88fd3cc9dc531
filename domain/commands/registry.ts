import type { CommandName } from '../../protocol/commands.ts'
import { advanceComplaint, logComplaint, takeComplaintBack } from './complaint-commands.ts'
import { addContactPoint, captureCustomer, changeCustomer, pickNumber } from './customer-commands.ts'
import type { CommandDefinition } from './define.ts'
import { addToInteraction, reviseInteraction, wrapUp } from './interaction-commands.ts'
import { confirmPreference, retirePreference, setPreference, takePreferenceBack } from './preference-commands.ts'
import { answerQuote, decideQuote, issueQuote, seeDecision, takeAnswerBack } from './quote-commands.ts'
import { addTask, assignTask, claimTask, dropTask, finishTask, postponeTask, takeTaskBack } from './task-commands.ts'

/** The rule of every command of the contract. */
export const commandDefinitions: { readonly [C in CommandName]: CommandDefinition<C> } = {
  'interaction.wrapUp': wrapUp,
  'interaction.revise': reviseInteraction,
  'interaction.add': addToInteraction,
  'customer.capture': captureCustomer,
  'customer.change': changeCustomer,
  'contactPoint.add': addContactPoint,
  'number.pick': pickNumber,
  'quote.issue': issueQuote,
  'quote.answer': answerQuote,
  'quote.decide': decideQuote,
  'quote.seen': seeDecision,
  'quote.takeBack': takeAnswerBack,
  'complaint.log': logComplaint,
  'complaint.advance': advanceComplaint,
  'complaint.takeBack': takeComplaintBack,
  'preference.set': setPreference,
  'preference.confirm': confirmPreference,
  'preference.retire': retirePreference,
  'preference.takeBack': takePreferenceBack,
  'task.add': addTask,
  'task.claim': claimTask,
  'task.assign': assignTask,
  'task.postpone': postponeTask,
  'task.done': finishTask,
  'task.drop': dropTask,
  'task.takeBack': takeTaskBack,
}

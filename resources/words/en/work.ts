/** Who did what: work that is taken back, approvals, notes of colleagues, callbacks. */
export const work = {
  undo: 'Undo', undone: 'Undone.',
  complaint: {
    details: 'Details of {number}', words: "Customer's words", noWords: 'nothing noted', order: 'Order', orderElsewhere: 'an order that is not in this record',
    told: 'What you told the customer', undoneBy: 'undone by {name}, {time}', undoStep: 'Undo step', stepUndone: 'Step undone.', nextBy: '{step}: {who}',
  },
} as const

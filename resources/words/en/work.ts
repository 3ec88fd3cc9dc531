/** Words for who did what: undone work, approvals, colleagues' notes, callbacks. */
export const work = {
  undo: 'Undo', undone: 'Undone.',
  complaint: {
    details: 'Details of {number}', words: "Customer's words", noWords: 'nothing noted', order: 'Order', orderElsewhere: 'an order that is not in this record',
    told: 'What you told the customer', undoneBy: 'undone by {name}, {time}', undoStep: 'Undo step', stepUndone: 'Step undone.', nextBy: '{step}: {who}',
  },
  approval: {
    title: 'Prices waiting for approval', empty: 'No price is waiting for approval.', asked: 'Asked for', why: 'Why:', noReason: 'no reason given', askedBy: 'by {name}', askedByAt: 'asked by {name} {time}',
    worth: 'What this customer is worth', orders: '{count} orders, {amount}', orders_one: '{count} order, {amount}', lastOrder: 'last order {time}', oldStands: 'the earlier quote is valid until then', openRecord: 'Open the record',
    approve: 'Approve', refuse: 'Refuse', sentence: { approve: 'Why you approve it', refuse: 'Why you refuse it' }, done: { approve: 'Approved. The agent is told.', refuse: 'Refused. The agent is told.' }, needsServer: 'You are offline. Only the server can decide.',
    waiting: 'Waiting for approval', granted: 'Approved: {what}', refused: 'Refused: {what}', decisions: '{count} prices decided', decisionsTitle: 'Your prices were decided', openQuote: 'Open the quote', gotIt: 'Got it', seen: 'Seen.',
    by: '{standing} by {name}', reason: '"{reason}"',
  },
  task: {
    act: { dial: 'Call', done: 'Done', take: 'Take', postpone: 'Postpone', assign: 'Assign', drop: 'Drop', open: 'Open', takeBack: 'Reopen' },
    view: { mine: 'Mine', team: "Team's", all: 'All', ended: 'Just finished' }, views: 'Whose callbacks', filter: 'Filter', status: { done: 'done', dropped: 'dropped' },
    changed: 'changed by {who}', done: 'Done.', dropped: 'Dropped.', reopened: 'Open again.', reopen: 'Reopen callback', settled: 'Wrapped up. The callback is done.', postponed: 'Postponed to {time}.', assigned: 'Assigned: {name}.',
    why: 'Why it is dropped', newTime: 'New time', to: 'Assign to', nobody: 'nobody (unassigned)', noneFound: 'Nothing found for "{text}".', noneEnded: 'Nothing was finished in the last ten minutes.',
  },
  note: { edited: 'edited by {who} · {count} versions', earlier: 'Earlier versions', edit: 'Edit note', add: 'Add to note', save: 'Save', saved: 'Saved. The earlier version is kept.', added: 'Added.' },
  preference: { retire: 'No longer true', retired: 'Marked as no longer true.', restored: 'Restored.' },
  quote: { answeredBy: '{status} ({name}, {time})', said: 'What the customer said', reject: 'Reject the quote', undo: 'Undo answer', answerUndone: 'Answer undone.' },
} as const

/**
 * The fields that say who did something to a row, as they are while nobody has: a quote that nobody decided or
 * answered, a task as it was promised. Code that creates a row starts with these.
 */
export const untouched = {
  customer: { changedBy: null, changedAt: null },
  contactPoint: { changedBy: null, changedAt: null },
  quote: {
    askedAt: null,
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    decisionSeenAt: null,
    answeredBy: null,
    answeredAt: null,
    answerReason: null,
  },
  complaint: { steps: [] },
  interaction: { revisedBy: null, revisedAt: null, additions: [] },
  preference: { confirmedBy: null, retiredAt: null, retiredBy: null, earlier: [] },
  task: { doneBy: null, dropReason: null, changedBy: null, changedAt: null, callbackNumber: null },
}

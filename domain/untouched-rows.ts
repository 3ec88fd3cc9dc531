/**
 * What a row says of who did something to it, while nobody has: a quote that nobody decided or answered, a task as it was
 * promised. Whoever makes a row begins with these.
 */
export const untouched = {
  quote: {
    askedAt: null, decidedBy: null, decidedAt: null, decisionReason: null, decisionSeenAt: null, answeredBy: null, answeredAt: null, answerReason: null,
  },
  complaint: { steps: [] },
  interaction: { revisedBy: null, revisedAt: null, additions: [] },
  preference: { confirmedBy: null, retiredAt: null, retiredBy: null, earlier: [] },
  task: { doneBy: null, dropReason: null, changedBy: null, changedAt: null, callbackNumber: null },
}

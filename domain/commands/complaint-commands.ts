import { complaintDueAt, nextComplaintStep, owedBy, takesNextStep } from '../complaint-chain.ts'
import { officeHours } from '../working-time.ts'
import { changes, defineCommand, one, parked, refused, unusable, upsert } from './define.ts'

export const logComplaint = defineCommand('complaint.log', {
  reads: (a) => [one('customer', a.customerId), one('complaint', a.complaintId)],
  effect(rows, a, by) {
    if (!rows.get('customer', a.customerId)) return refused('CUSTOMER_UNKNOWN')
    if (rows.get('complaint', a.complaintId)) return changes()
    return changes(upsert('complaint', {
      id: a.complaintId, customerId: a.customerId, number: by.issueNumber('complaint'), subject: a.subject,
      description: a.description, severity: a.severity, step: 'logged', department: owedBy('logged', 'sales'),
      ownerUserId: by.actor.userId, orderId: a.orderId, openedAt: by.at, openedBy: by.actor.userId,
      dueAt: complaintDueAt('logged', by.at, officeHours(by.timeZone)), closedAt: null, scope: 'org',
    }))
  },
})

export const advanceComplaint = defineCommand('complaint.advance', {
  reads: (a) => [one('complaint', a.complaintId)],
  effect(rows, a, by) {
    const complaint = rows.get('complaint', a.complaintId)
    if (!complaint) return refused('ROW_UNKNOWN')
    // The server's state machine decides; a step that no longer fits is parked and its comment kept with it.
    if (complaint.step !== a.from || nextComplaintStep(a.from) !== a.to) return parked('STEP_NO_LONGER_FITS')
    const { role, team } = by.actor
    if (team !== null && !takesNextStep(complaint, { role, team })) return parked('NOT_ALLOWED')
    // Else it would stay with quality, with nobody at work on it.
    if (a.to === 'assigned' && a.department === null) return unusable('department', 'noDepartment')
    const named = a.department ?? complaint.department
    const dueAt = complaintDueAt(a.to, by.at, officeHours(by.timeZone))
    return changes(upsert('complaint', {
      ...complaint, step: a.to, department: owedBy(a.to, named), ownerUserId: null, dueAt,
      closedAt: nextComplaintStep(a.to) === null ? by.at : null,
      description: a.comment.trim() ? `${complaint.description}\n— ${a.comment.trim()}`.slice(0, 20_000) : complaint.description,
    }))
  },
})

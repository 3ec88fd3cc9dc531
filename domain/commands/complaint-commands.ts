import { STEPS_KEPT, type StepTaken } from '../../protocol/entities/complaint.ts'
import {
  complaintDueAt,
  heldAt,
  lastStep,
  nextComplaintStep,
  owedBy,
  stepNeedsText,
  takesNextStep,
} from '../complaint-chain.ts'
import { mayTakeBack, TAKE_BACK_MS } from '../take-back.ts'
import { untouched } from '../untouched-rows.ts'
import { officeHours } from '../working-time.ts'
import { buyerRead, buyerRefusal } from './one-buyer.ts'
import { isBlank } from '../visible-text.ts'
import { changes, defineCommand, one, parked, refused, taken, unusable, upsert } from './define.ts'

export const logComplaint = defineCommand('complaint.log', {
  reads: (a) => [
    one('customer', a.customerId),
    one('complaint', a.complaintId),
    ...(a.orderId ? [one('order', a.orderId)] : []),
  ],
  alsoReads: (rows, a) => buyerRead(a.orderId && rows.get('order', a.orderId)),
  effect(rows, a, by) {
    const customer = rows.get('customer', a.customerId)
    if (!customer) return refused('CUSTOMER_UNKNOWN')
    const there = rows.get('complaint', a.complaintId)
    if (there) return there.customerId === a.customerId ? changes() : taken('complaintId')
    if (a.orderId) {
      const refusal = buyerRefusal(rows, customer, rows.get('order', a.orderId), by, 'orderId')
      if (refusal) return refusal
    }
    return changes(
      upsert('complaint', {
        id: a.complaintId,
        customerId: a.customerId,
        number: by.issueNumber('complaint'),
        subject: a.subject,
        description: a.description,
        severity: a.severity,
        step: 'logged',
        department: owedBy('logged', 'sales'),
        ownerUserId: by.actor.userId,
        orderId: a.orderId,
        openedAt: by.at,
        openedBy: by.actor.userId,
        dueAt: complaintDueAt('logged', by.at, officeHours(by.timeZone)),
        closedAt: null,
        ...untouched.complaint,
        scope: 'org',
      }),
    )
  },
})

export const advanceComplaint = defineCommand('complaint.advance', {
  reads: (a) => [one('complaint', a.complaintId)],
  effect(rows, a, by) {
    const complaint = rows.get('complaint', a.complaintId)
    if (!complaint || complaint.customerId !== a.customerId) return refused('ROW_UNKNOWN')
    // The server decides. A step that no longer fits is parked, so that its comment is kept.
    if (complaint.step !== a.from || nextComplaintStep(a.from) !== a.to) return parked('STEP_NO_LONGER_FITS')
    if (!takesNextStep(complaint, by.actor)) return parked('NOT_ALLOWED')
    // Without a department the step would stay with quality, and nobody would work on it.
    if (a.to === 'assigned' && a.department === null) return unusable('department', 'noDepartment')
    const comment = isBlank(a.comment) ? '' : a.comment.trim()
    if (stepNeedsText(a.to) && comment === '')
      return unusable('comment', a.to === 'investigated' ? 'noCause' : 'noReason')
    const { step, department, ownerUserId, dueAt } = complaint
    const takenNow: StepTaken = {
      to: a.to,
      by: by.actor.userId,
      at: by.at,
      comment,
      before: { step, department, ownerUserId, dueAt },
      takenBackBy: null,
      takenBackAt: null,
    }
    return changes(
      upsert('complaint', {
        ...complaint,
        step: a.to,
        department: owedBy(a.to, a.department ?? complaint.department),
        ownerUserId: heldAt(a.to, complaint),
        dueAt: complaintDueAt(a.to, by.at, officeHours(by.timeZone)),
        closedAt: nextComplaintStep(a.to) === null ? by.at : null,
        steps: [...complaint.steps, takenNow].slice(-STEPS_KEPT),
      }),
    )
  },
})

export const takeComplaintBack = defineCommand('complaint.takeBack', {
  reads: (a) => [one('complaint', a.complaintId)],
  effect(rows, a, by) {
    const complaint = rows.get('complaint', a.complaintId)
    if (!complaint || complaint.customerId !== a.customerId) return refused('ROW_UNKNOWN')
    const last = lastStep(complaint)
    if (complaint.step !== a.step || last?.to !== a.step) return parked('STEP_NO_LONGER_FITS')
    if (!mayTakeBack({ doneBy: last.by, doneAt: last.at }, by.actor, by.at))
      return refused('TAKE_BACK_TOO_LATE', { minutes: TAKE_BACK_MS / 60_000 })
    const takenBack: StepTaken = { ...last, takenBackBy: by.actor.userId, takenBackAt: by.at }
    return changes(
      upsert('complaint', {
        ...complaint,
        ...last.before,
        closedAt: null,
        steps: complaint.steps.map((each) => (each === last ? takenBack : each)),
      }),
    )
  },
})
